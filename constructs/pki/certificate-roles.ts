import type { Construct } from 'constructs';

import { PlatformError } from '../../model/errors';
import type { CertificateRole as CertificateRoleModel } from '../../model/tenant/certificate';
import type { ICertificateAuthority } from './certificate-authority';
import type { CertificateRole } from './certificate-role';
import { ClientRole } from './client-role';
import { PeerRole } from './peer-role';
import { ServerRole } from './server-role';

/** A role of the inventory, in an authority that is known to the stack. */
export interface AnyCertificateRoleProps extends Omit<CertificateRoleModel, 'authority' | 'name'> {
  readonly authority: ICertificateAuthority;
}

/** Makes the role that a use asks for. @throws PlatformError `construct` if a client is to have addresses */
export function createCertificateRole(scope: Construct, id: string, props: AnyCertificateRoleProps): CertificateRole {
  const { use, ipAddresses, ...common } = props;
  switch (use) {
    case 'server':
      return new ServerRole(scope, id, { ...common, ipAddresses });
    case 'peer':
      return new PeerRole(scope, id, { ...common, ipAddresses });
    case 'client':
      if (ipAddresses) {
        throw new PlatformError('construct', [
          {
            message: `certificate role ${props.roleName}: certificates of clients name no IP addresses`,
            given: 'ipAddresses: true',
            fix: 'leave it out, or make it a peer',
          },
        ]);
      }
      return new ClientRole(scope, id, common);
  }
}
