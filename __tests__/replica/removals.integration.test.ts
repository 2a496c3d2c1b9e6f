import { describeRemovals } from '../support/specifications/removals';

describe('on OpenBao', () => describeRemovals('openbao'));
