import { describeFirstLogin } from '../support/specifications/first-login';

describe('Vault', () => describeFirstLogin('vault'));
