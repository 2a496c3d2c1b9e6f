import { describeShownCommands } from '../support/specifications/shown-commands';

describe('the commands that tenant show prints, on Vault', () => {
  describeShownCommands('vault');
});
