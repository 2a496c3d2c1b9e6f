import type { Construct } from 'constructs';

import { CertificateRole, type CertificateRoleProps } from './certificate-role';

export interface ServerRoleProps extends CertificateRoleProps {
  /** Whether certificates may contain IP addresses. The server cannot limit which ones. @default false */
  readonly ipAddresses?: boolean;
}

/** Issues certificates to servers. Clients cannot use them. */
export class ServerRole extends CertificateRole {
  constructor(scope: Construct, id: string, { ipAddresses = false, ...props }: ServerRoleProps) {
    super(scope, id, props, { use: 'server', ipAddresses });
  }
}
