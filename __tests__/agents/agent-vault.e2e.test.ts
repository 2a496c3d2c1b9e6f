import { describeAgent } from '../support/agent-specification';

describe('an agent of Vault', () => describeAgent('vault'));
