import { specifyCluster } from '../../support/cluster-specification';

describe('an embedded Vault cluster', () => {
  specifyCluster('vault');
});
