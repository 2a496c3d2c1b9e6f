import { describeFirstLogin } from '../support/first-login';

describe('OpenBao', () => describeFirstLogin('openbao'));
