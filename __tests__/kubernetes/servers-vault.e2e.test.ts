import { describeDeployment, describeTenant } from '../support/servers/deployment-specification';
import { describeFaults } from '../support/servers/faults-specification';
import { serversMissing } from '../support/servers/server-image';
import { useServers } from '../support/servers/use-servers';
import { itUnless } from '../support/skips';

const missing = serversMissing('vault');
if (missing === undefined) {
  const servers = useServers('vault');
  describeDeployment(servers);
  describeTenant(servers);
  describeFaults(servers, ['delete', 'kill -9']);
} else itUnless(missing, 'servers of Vault on Kubernetes')('serve', () => undefined);
