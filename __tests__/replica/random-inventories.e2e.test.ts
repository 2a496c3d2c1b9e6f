import { soak } from '../support/soak';
import { describeRandomInventories } from '../support/specifications/random-inventories';

describe('on OpenBao', () => describeRandomInventories('openbao', soak ? 100 : 3));
describe('on Vault', () => describeRandomInventories('vault', soak ? 100 : 3));
