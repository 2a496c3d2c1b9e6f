import type { Construct } from 'constructs';

import { CertificateRole } from './certificate-role';
import type { ServerRoleProps } from './server-role';

export type PeerRoleProps = ServerRoleProps;

/** Issues certificates to programs that are both server and client, such as the brokers of a Kafka cluster. */
export class PeerRole extends CertificateRole {
  constructor(scope: Construct, id: string, { ipAddresses = false, ...props }: PeerRoleProps) {
    super(scope, id, props, { use: 'peer', ipAddresses });
  }
}
