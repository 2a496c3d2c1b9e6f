import { describeOwnFile } from '../../support/specifications/own-file';

describe('beside what a team may not have, on Vault,', () => {
  describeOwnFile('vault');
});
