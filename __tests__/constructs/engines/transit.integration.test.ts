import { describeTransit } from '../../support/specifications/transit';

describe('the transit engine on OpenBao', () => {
  describeTransit('openbao');
});
