import { soak } from '../support/soak';
import { describeRandomInventories } from '../support/specifications/random-inventories';

const [count, shrinkTries] = soak ? [100, 40] : [3, 5];

describe('on OpenBao', () => describeRandomInventories('openbao', count, shrinkTries));
describe('on Vault', () => describeRandomInventories('vault', count, shrinkTries));
