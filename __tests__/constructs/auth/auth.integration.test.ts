import { describeAuth } from '../../support/specifications/auth';

describe('auth methods and identity on OpenBao', () => {
  describeAuth('openbao');
});
