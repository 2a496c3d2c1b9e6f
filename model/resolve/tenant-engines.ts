import type { AwsRole, CertificateRole, DatabaseRole, SshRole, TransitKey } from '../inventory';
import { resolveCertificates } from './certificates';
import { resolveAwsRoles, resolveDatabases, resolveKeys, resolveSshRoles } from './engine-roles';
import type { Owned } from './owned';
import type { TenantScope } from './tenant-scope';

/** What a tenant has in the engines of its environments. */
export interface TenantEngines {
  readonly certificates: Owned<CertificateRole>;
  readonly keys: Owned<TransitKey>;
  readonly databaseRoles: Owned<DatabaseRole>;
  readonly awsRoles: Owned<AwsRole>;
  readonly sshRoles: Owned<SshRole>;
}

export function resolveTenantEngines(scope: TenantScope): TenantEngines {
  return {
    certificates: resolveCertificates(scope),
    keys: resolveKeys(scope),
    databaseRoles: resolveDatabases(scope),
    awsRoles: resolveAwsRoles(scope),
    sshRoles: resolveSshRoles(scope),
  };
}
