import { describePasswordFile } from '../../support/password-file-specification';

describe('the password file of Vault', () => {
  describePasswordFile('vault');
});
