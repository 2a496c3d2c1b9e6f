import { describeTransitSeal } from '../../support/specifications/transit-seal';

describe('the transit seal of OpenBao', () => {
  describeTransitSeal('openbao');
});
