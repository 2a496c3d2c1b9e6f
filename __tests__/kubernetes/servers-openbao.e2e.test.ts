import { faults } from '../support/deployment/faults';
import { serversMissing } from '../support/deployment/server-image';
import { useServers } from '../support/deployment/use-servers';
import { itUnless } from '../support/skips';
import { describeDeployment, describeTenant } from '../support/specifications/deployment/deployment';
import { describeFaults } from '../support/specifications/deployment/faults';
import { describeLeases } from '../support/specifications/deployment/leases';
import { describeOperations } from '../support/specifications/deployment/operations';
import { describeRegistration } from '../support/specifications/deployment/registration';

const missing = serversMissing('openbao');
if (missing === undefined) {
  const servers = useServers('openbao');
  describeDeployment(servers);
  describeTenant(servers);
  describeRegistration(servers);
  describeFaults(servers, faults);
  describeOperations(servers);
  describeLeases(servers);
} else itUnless(missing, 'servers of OpenBao on Kubernetes')('serve', () => undefined);
