import type { Construct } from 'constructs';

import { CertificateRole, type CertificateRoleProps } from './certificate-role';

export interface ServerRoleProps extends CertificateRoleProps {
  /** Whether certificates may name IP addresses: any, since the server cannot limit them to some. @default false */
  readonly ipAddresses?: boolean;
}

/** Gives certificates to servers: no client can log in anywhere with one. */
export class ServerRole extends CertificateRole {
  constructor(scope: Construct, id: string, { ipAddresses = false, ...props }: ServerRoleProps) {
    super(scope, id, props, { use: 'server', ipAddresses });
  }
}
