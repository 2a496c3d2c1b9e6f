import { describeAuth } from '../../support/auth-specification';

describe('auth methods and identity on Vault', () => {
  describeAuth('vault');
});
