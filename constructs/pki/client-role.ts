import type { Construct } from 'constructs';

import { CertificateRole, type CertificateRoleProps } from './certificate-role';

export type ClientRoleProps = CertificateRoleProps;

/**
 * Gives certificates to clients. It cannot give one that a server could serve with: there is no property for that, and none
 * for addresses, wildcards or extended key usages.
 */
export class ClientRole extends CertificateRole {
  constructor(scope: Construct, id: string, props: ClientRoleProps) {
    super(scope, id, props, { use: 'client', ipAddresses: false });
  }
}
