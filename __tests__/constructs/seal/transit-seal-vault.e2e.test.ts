import { describeTransitSeal } from '../../support/specifications/transit-seal';

describe('the transit seal of Vault', () => {
  describeTransitSeal('vault');
});
