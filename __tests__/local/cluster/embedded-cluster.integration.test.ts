import { specifyCluster } from '../../support/cluster-specification';

describe('an embedded OpenBao cluster', () => {
  specifyCluster('openbao');
});
