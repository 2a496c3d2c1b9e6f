import { specifyCluster } from '../../support/specifications/cluster';

describe('an embedded OpenBao cluster', () => {
  specifyCluster('openbao');
});
