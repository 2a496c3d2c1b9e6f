import { describeAgent } from '../support/specifications/agent';

describe('an agent of OpenBao', () => describeAgent('openbao'));
