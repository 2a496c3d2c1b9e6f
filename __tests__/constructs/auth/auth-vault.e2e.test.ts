import { describeAuth } from '../../support/specifications/auth';

describe('auth methods and identity on Vault', () => {
  describeAuth('vault');
});
