import { describeAgent } from '../support/specifications/agent';

describe('an agent of Vault', () => describeAgent('vault'));
