import { describeDeployment, describeTenant } from '../support/servers/deployment-specification';
import { faults } from '../support/servers/faults';
import { describeFaults } from '../support/servers/faults-specification';
import { describeLeases } from '../support/servers/leases-specification';
import { describeOperations } from '../support/servers/operations-specification';
import { serversMissing } from '../support/servers/server-image';
import { useServers } from '../support/servers/use-servers';
import { itUnless } from '../support/skips';

const missing = serversMissing('openbao');
if (missing === undefined) {
  const servers = useServers('openbao');
  describeDeployment(servers);
  describeTenant(servers);
  describeFaults(servers, faults);
  describeOperations(servers);
  describeLeases(servers);
} else itUnless(missing, 'servers of OpenBao on Kubernetes')('serve', () => undefined);
