import { describeKeyValueGrants } from '../../support/key-value-grants';

describe('grants of the key-value engines on OpenBao', () => {
  describeKeyValueGrants('openbao');
});
