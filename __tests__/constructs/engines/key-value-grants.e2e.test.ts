import { describeKeyValueGrants } from '../../support/specifications/key-value-grants';

describe('grants of the key-value engines on Vault', () => {
  describeKeyValueGrants('vault');
});
