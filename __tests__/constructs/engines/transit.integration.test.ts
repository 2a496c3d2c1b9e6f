import { describeTransit } from '../../support/transit-specification';

describe('the transit engine on OpenBao', () => {
  describeTransit('openbao');
});
