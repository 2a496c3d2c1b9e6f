import { specifyCluster } from '../../support/specifications/cluster';

describe('an embedded Vault cluster', () => {
  specifyCluster('vault');
});
