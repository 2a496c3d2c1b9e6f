import { useTestCluster } from '../../support/vault/embedded-cluster';
import { RawClient } from '../../support/vault/raw-request';

describe('the AWS engine on OpenBao', () => {
  const cluster = useTestCluster('openbao', 1);

  it('is not available, so the inventory refuses it', async () => {
    const admin = await RawClient.admin(cluster());
    const { status, data } = await admin.send('POST', 'sys/mounts/v1/devel/aws', { type: 'aws' });
    await admin.close();
    expect([status, data]).toEqual([400, { errors: ['plugin not found in the catalog: aws'] }]);
  });
});
