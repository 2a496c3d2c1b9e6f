import { describeForeignObjects } from '../../support/specifications/foreign-objects';

describe('a plan that would take over what others made on OpenBao', () => {
  describeForeignObjects('openbao');
});
