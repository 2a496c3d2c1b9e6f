import { describeAuth } from '../../support/auth-specification';

describe('auth methods and identity on OpenBao', () => {
  describeAuth('openbao');
});
