import type { Construct } from 'constructs';

import type { TenantEnvironment } from '../../model/tenant/tenant';
import { AwsRole } from '../engines/aws-role';
import { createDatabaseRole } from '../engines/database-roles';
import { SshRole } from '../engines/ssh-role';
import { TransitKey } from '../engines/transit-key';
import { createCertificateRole } from '../pki/certificate-roles';
import type { SharedEnvironment } from './shared-environment';

/** Roles and keys of a tenant in the engines of its environment. */
export function addRoles(scope: Construct, settings: TenantEnvironment, shared: SharedEnvironment): void {
  const { certificates, keys, databaseRoles, awsRoles, sshRoles } = settings;
  for (const { name, ...role } of certificates) {
    createCertificateRole(scope, `certificate-${name}`, { ...role, authority: shared.authority(role.authority) });
  }
  for (const { name, ...key } of keys) new TransitKey(scope, `key-${name}`, { ...key, engine: shared.transit });
  for (const { name, ...role } of databaseRoles) {
    createDatabaseRole(scope, `database-${name}`, { ...role, engine: shared.database });
  }
  for (const { name, ...role } of awsRoles) new AwsRole(scope, `aws-${name}`, { ...role, engine: shared.aws });
  for (const { name, ...role } of sshRoles) new SshRole(scope, `ssh-${name}`, { ...role, engine: shared.ssh });
}
