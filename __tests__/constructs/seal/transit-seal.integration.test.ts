import { describeTransitSeal } from '../../support/seal-specification';

describe('the transit seal of OpenBao', () => {
  describeTransitSeal('openbao');
});
