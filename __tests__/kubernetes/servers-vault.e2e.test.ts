import { serversMissing } from '../support/deployment/server-image';
import { useServers } from '../support/deployment/use-servers';
import { itUnless } from '../support/skips';
import { describeDeployment, describeTenant } from '../support/specifications/deployment/deployment';
import { describeFaults } from '../support/specifications/deployment/faults';
import { describeRegistration } from '../support/specifications/deployment/registration';

const missing = serversMissing('vault');
if (missing === undefined) {
  const servers = useServers('vault');
  describeDeployment(servers);
  describeTenant(servers);
  describeRegistration(servers);
  describeFaults(servers, ['delete', 'kill -9']);
} else itUnless(missing, 'servers of Vault on Kubernetes')('serve', () => undefined);
