import { describeAgent } from '../support/agent-specification';

describe('an agent of OpenBao', () => describeAgent('openbao'));
