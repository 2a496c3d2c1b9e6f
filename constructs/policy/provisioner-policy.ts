import type { AuthMethodType } from '../../model/cluster/auth-method';
import type { Cluster } from '../../model/cluster/cluster';
import type { Environment } from '../../model/environment/environment';
import { appRoleMount, engineMount, keySetDocument, kvMount } from '../../model/names';
import type { EngineName } from '../../model/names';
import type { Capability } from './capability';
import { PolicyDocument } from './policy-document';
import type { PolicyText } from './policy-text';

type Paths = Readonly<Record<string, readonly Capability[]>>;

/** Objects that Terraform creates, changes and deletes. */
const owned = ['create', 'read', 'update', 'delete'] as const;
/** Settings that Terraform writes and never deletes. */
const kept = ['create', 'read', 'update'] as const;

/** Below the mount of an auth method: its settings and roles, but no path that issues a credential. */
const authPaths: Readonly<Record<AuthMethodType | 'approle', Paths>> = {
  approle: { 'role/+': owned, 'role/+/role-id': ['read', 'update'] },
  kubernetes: { config: kept, 'role/+': owned },
  jwt: { config: kept, 'role/+': owned },
  oidc: { 'role/+': owned },
  ldap: { config: kept, 'groups/+': owned },
  aws: { 'config/client': kept, 'role/+': owned },
};

/** Below the mount of an engine: its settings and the tenants' roles and keys, but no path that uses them. */
const enginePaths: Readonly<Record<EngineName, Paths>> = {
  kv1: {},
  transit: { 'keys/+': owned, 'keys/+/config': ['update'] },
  database: { 'config/+': kept, 'roles/+': owned, 'static-roles/+': owned },
  aws: { 'config/root': kept, 'config/lease': kept, 'roles/+': owned },
  ssh: { 'config/ca': kept, 'roles/+': owned },
};

/** Settings, issuers and roles of authorities. Not all of `config/`: `config/ca` would import a private key. */
const authorityPaths: Paths = {
  'config/acme': kept,
  'config/auto-tidy': kept,
  'config/cluster': kept,
  'config/crl': kept,
  'config/issuers': kept,
  'config/urls': kept,
  'issuer/+': ['read', 'update'],
  'roles/+': owned,
};

/** Creation of issuers: a root generates its own, the others have a certificate request signed. */
const rootPaths: Paths = { 'issuers/generate/root/internal': ['update'] };
const signedPaths: Paths = {
  'issuers/generate/intermediate/internal': ['update'],
  'intermediate/set-signed': ['update'],
};
const signingPaths: Paths = { 'issuer/+/sign-intermediate': ['update'] };

/**
 * The policy of Terraform: exactly what the stacks of one cluster need. It can create engines and auth methods but not delete them,
 * write a key-set document once but neither read nor change it, and create roles but not issue credentials.
 *
 * A token that may write policies can grant itself any access. Therefore it is used only for changes that were reviewed in a pull
 * request.
 *
 * @param environments all environments of the cluster
 */
export function provisionerPolicy(cluster: Cluster, environments: readonly Environment[]): PolicyText {
  const policy = new ProvisionerPolicy();
  policy.addOwn();
  policy.addAuth(appRoleMount, 'approle', 'The AppRole auth method and the roles in it; SecretIDs are out of reach.');
  for (const { name, mountPath, type } of cluster.authMethods) policy.addAuth(mountPath, type, `Auth method ${name}.`);
  for (const environment of environments) policy.addEnvironment(environment);
  return { name: 'provisioner', rules: policy.document.toHcl() };
}

class ProvisionerPolicy {
  public readonly document = new PolicyDocument('provisioner');

  public addOwn(): void {
    this.document.addStatement({
      path: 'auth/token/create',
      capabilities: ['create', 'update'],
      reason: 'The provider works with a child token that expires after the run.',
    });
    this.add('auth/token', { 'lookup-self': ['read'], 'renew-self': ['update'], 'revoke-self': ['update'] });
    this.document.addStatement({
      path: 'sys/policies/acl/*',
      capabilities: owned,
      reason: 'Policies of the cluster and of the teams.',
    });
    this.add('auth/token', { 'roles/+': owned });
    this.document.addStatement({
      path: 'identity/entity',
      capabilities: ['create', 'update'],
      reason: 'Entities of tenants with several logins.',
    });
    this.add('identity', {
      'entity/id/+': owned,
      // A plan that would take over an existing entity or group is refused.
      'entity/name/+': ['read'],
      'entity-alias': ['create', 'update'],
      'entity-alias/id/+': owned,
      group: ['create', 'update'],
      'group/id/+': owned,
      'group/name/+': ['read'],
      'lookup/entity': ['update'],
    });
    this.document.addStatement({
      path: 'sys/quotas/rate-limit/+',
      capabilities: owned,
      reason: 'Limits of tenants and environments.',
    });
    this.add('sys/quotas', { 'lease-count/+': owned });
    this.document.addStatement({
      path: 'sys/config/auditing/request-headers/+',
      capabilities: [...owned, 'sudo'],
      reason: 'Request headers in the audit log.',
    });
  }

  public addAuth(mountPath: string, type: AuthMethodType | 'approle', reason: string): void {
    this.document.addStatement({ path: `sys/auth/${mountPath}`, capabilities: [...kept, 'sudo'], reason });
    this.add(`sys/mounts/auth/${mountPath}`, { '': ['read'], tune: ['read', 'update'] });
    this.add(`auth/${mountPath}`, authPaths[type]);
  }

  public addEnvironment(environment: Environment): void {
    const { name, appRoleMount: mount, authorities, engines } = environment;
    const kv = kvMount(environment);
    const reason = `Environment ${name}: its engines, without deletion, and the first version of each key set, without reading.`;
    this.addEngine(
      kv,
      { config: kept, [`data/+/${keySetDocument}`]: ['create'], [`metadata/+/${keySetDocument}`]: ['read'] },
      reason,
    );
    if (mount !== appRoleMount) this.addAuth(mount, 'approle', `Environment ${name}: AppRoles of its own.`);
    const present: Readonly<Record<EngineName, boolean>> = {
      kv1: engines.keyValue1 !== undefined,
      transit: engines.transit !== undefined,
      database: engines.database !== undefined,
      aws: engines.aws !== undefined,
      ssh: engines.ssh !== undefined,
    };
    for (const engine of Object.keys(present) as EngineName[]) {
      if (present[engine]) this.addEngine(engineMount(environment, engine), enginePaths[engine]);
    }
    for (const { mountPath, signedBy, name: authority } of authorities) {
      const signs = authorities.some(
        (other) => other.signedBy.kind === 'authority' && other.signedBy.authority.name === authority,
      );
      this.addEngine(mountPath, {
        ...authorityPaths,
        ...(signedBy.kind === 'self' ? rootPaths : signedPaths),
        ...(signs && signingPaths),
      });
    }
  }

  private addEngine(mountPath: string, paths: Paths, reason?: string): void {
    const path = `sys/mounts/${mountPath}`;
    this.document.addStatement({ path, capabilities: kept, ...(reason !== undefined && { reason }) });
    this.add(path, { tune: ['read', 'update'] });
    this.add(mountPath, paths);
  }

  private add(prefix: string, paths: Paths): void {
    for (const [path, capabilities] of Object.entries(paths)) {
      this.document.addStatement({ path: path === '' ? prefix : `${prefix}/${path}`, capabilities });
    }
  }
}
