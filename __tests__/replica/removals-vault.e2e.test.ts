import { describeRemovals } from '../support/specifications/removals';

describe('on Vault', () => describeRemovals('vault'));
