import type { Construct } from 'constructs';

import type { CertificateUse } from '../../model/tenant/certificate';
import { problemsOf, refuse } from '../validate-props';
import { certificateRoleRule, type CertificateRole, type CertificateRoleProps } from './certificate-role';
import { ClientRole } from './client-role';
import { PeerRole } from './peer-role';
import { ServerRole } from './server-role';

/** A role of any kind. */
export interface AnyCertificateRoleProps extends CertificateRoleProps {
  readonly use: CertificateUse;
  /** Whether certificates may contain IP addresses; not allowed for `client`. */
  readonly ipAddresses: boolean;
}

/**
 * Creates a role for a use.
 *
 * @throws PlatformError `construct` if its construct refuses the props, or if a client may have IP addresses
 */
export function createCertificateRole(scope: Construct, id: string, props: AnyCertificateRoleProps): CertificateRole {
  const { use, ipAddresses, ...common } = props;
  switch (use) {
    case 'server':
      return new ServerRole(scope, id, { ...common, ipAddresses });
    case 'peer':
      return new PeerRole(scope, id, { ...common, ipAddresses });
    case 'client':
      if (ipAddresses) {
        refuse(`${scope.node.path}/${id}`, [
          {
            message: 'client certificates contain no IP addresses',
            given: 'ipAddresses: true',
            allowed: 'ipAddresses with use `server` or `peer`',
            fix: 'remove ipAddresses, or set use to `peer`',
          },
          ...problemsOf(common, [certificateRoleRule]),
        ]);
      }
      return new ClientRole(scope, id, common);
  }
}
