import { awsRoleKind, type AwsRole } from './aws-role';
import { certificateKind, type CertificateRole } from './certificate';
import { databaseRoleKind, type DatabaseRole } from './database-role';
import { keyKind, type TransitKey } from './key';
import { linkOwned, type Owned } from './owned';
import { sshRoleKind, type SshRole } from './ssh-role';
import type { TenantScope } from './tenant-scope';

/** What a tenant has in the engines of its environments, by the key of its file. */
export interface TenantEngines {
  readonly certificates: Owned<CertificateRole>;
  readonly keys: Owned<TransitKey>;
  readonly databases: Owned<DatabaseRole>;
  readonly awsRoles: Owned<AwsRole>;
  readonly sshRoles: Owned<SshRole>;
}

export const linkTenantEngines = (scope: TenantScope): TenantEngines => ({
  certificates: linkOwned(scope, certificateKind),
  keys: linkOwned(scope, keyKind),
  databases: linkOwned(scope, databaseRoleKind),
  awsRoles: linkOwned(scope, awsRoleKind),
  sshRoles: linkOwned(scope, sshRoleKind),
});
