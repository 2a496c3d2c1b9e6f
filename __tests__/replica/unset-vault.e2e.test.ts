import { describeUnset } from '../support/specifications/unset';

describe('on Vault', () => describeUnset('vault'));
