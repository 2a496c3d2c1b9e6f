import { describeFirstLogin } from '../support/specifications/first-login';

describe('OpenBao', () => describeFirstLogin('openbao'));
