import type { AuthMethodType } from '../../../model/cluster/auth-method';
import type { EngineName } from '../../../model/names';
import type { Capability } from '../capability';
import { PolicyDocument, type PolicyStatement } from '../policy-document';

/** Capabilities by path. */
export type Paths = Readonly<Record<string, readonly Capability[]>>;

/** Objects that Terraform creates, changes and deletes. */
export const owned = ['create', 'read', 'update', 'delete'] as const;
/** Settings that Terraform writes and never deletes. */
export const kept = ['create', 'read', 'update'] as const;

/** Auth methods that a cluster mounts. */
export type MountedType = AuthMethodType | 'approle';

/** Below the mount of an auth method: its settings. */
export const authSettings: Readonly<Record<MountedType, Paths>> = {
  approle: {},
  kubernetes: { config: kept },
  jwt: { config: kept },
  oidc: {},
  ldap: { config: kept },
  aws: { 'config/client': kept },
};

/** Below the mount of an engine: its settings. */
export const engineSettings: Readonly<Record<EngineName, Paths>> = {
  kv1: {},
  transit: {},
  database: { 'config/+': kept },
  aws: { 'config/root': kept, 'config/lease': kept },
  ssh: { 'config/ca': kept },
};

/** Below the mount of an engine: roles and keys of teams, but no path that uses them. */
export const engineObjects: Readonly<Record<EngineName, Paths>> = {
  kv1: {},
  transit: { 'keys/+': owned, 'keys/+/config': ['update'] },
  database: { 'roles/+': owned, 'static-roles/+': owned },
  aws: { 'roles/+': owned },
  ssh: { 'roles/+': owned },
};

/** Settings and issuers of authorities. Not all of `config/`: `config/ca` would import a private key. */
export const authoritySettings: Paths = {
  'config/acme': kept,
  'config/auto-tidy': kept,
  'config/cluster': kept,
  'config/crl': kept,
  'config/issuers': kept,
  'config/urls': kept,
  'issuer/+': ['read', 'update'],
};

/** Creation of issuers: a root generates its own, the others have a certificate request signed. */
export const rootPaths: Paths = { 'issuers/generate/root/internal': ['update'] };
export const signedPaths: Paths = {
  'issuers/generate/intermediate/internal': ['update'],
  'intermediate/set-signed': ['update'],
};
export const signingPaths: Paths = { 'issuer/+/sign-intermediate': ['update'] };

/** Policy of one credential of Terraform. */
export class ProvisionerDocument extends PolicyDocument {
  /** What every run needs: a child token that expires after it. */
  public addOwnToken(): void {
    this.addStatement({
      path: 'auth/token/create',
      capabilities: ['create', 'update'],
      reason: 'The provider works with a child token that expires after the run.',
    });
    this.addPaths('auth/token', { 'lookup-self': ['read'], 'renew-self': ['update'], 'revoke-self': ['update'] });
  }

  /** @param reason of the first path */
  public addPaths(prefix: string, paths: Paths, reason?: string): void {
    for (const [index, [path, capabilities]] of Object.entries(paths).entries()) {
      const statement: PolicyStatement = { path: path === '' ? prefix : `${prefix}/${path}`, capabilities };
      this.addStatement({ ...statement, ...(index === 0 && reason !== undefined && { reason }) });
    }
  }

  /** The mount of an engine, without deletion. */
  public addMount(mountPath: string, settings: Paths, reason?: string): void {
    this.addPaths(`sys/mounts/${mountPath}`, { '': kept, tune: ['read', 'update'] }, reason);
    this.addPaths(mountPath, settings);
  }
}
