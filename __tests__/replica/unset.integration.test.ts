import { describeUnset } from '../support/specifications/unset';

describe('on OpenBao', () => describeUnset('openbao'));
