import { describePasswordFile } from '../../support/specifications/password-file';

describe('the password file of Vault', () => {
  describePasswordFile('vault');
});
