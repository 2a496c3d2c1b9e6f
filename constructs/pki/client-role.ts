import type { Construct } from 'constructs';

import { CertificateRole, type CertificateRoleProps } from './certificate-role';

export type ClientRoleProps = CertificateRoleProps;

/**
 * Issues certificates to clients. Servers cannot use them: there is no prop for that, nor for IP addresses, wildcards or extended key
 * usages.
 */
export class ClientRole extends CertificateRole {
  constructor(scope: Construct, id: string, props: ClientRoleProps) {
    super(scope, id, props, { use: 'client', ipAddresses: false });
  }
}
