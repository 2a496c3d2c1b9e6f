import { describeFirstLogin } from '../support/first-login';

describe('Vault', () => describeFirstLogin('vault'));
