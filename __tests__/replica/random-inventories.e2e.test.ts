import { itUnless } from '../support/skips';
import { soak } from '../support/soak';
import { describeRandomInventories } from '../support/specifications/random-inventories';

const title = 'random pairs of inventories, one applied after the other, on OpenBao and Vault';

/** A pair takes about a minute on each server, and one that fails 20 minutes until it is small. */
if (soak) {
  describe('on OpenBao', () => describeRandomInventories('openbao', 100, 40));
  describe('on Vault', () => describeRandomInventories('vault', 100, 40));
} else itUnless('only in npm run soak, because a pair takes a minute on each server', title)(title, () => undefined);
