import type { Kind } from '../source/kinds';
import { ownedKeys } from '../tenant/owned';

/** What `platform rename` renames. An engine is a certificate authority, the only kind of engine with a name of its own. */
export const renameKinds = ['tenant', 'team', 'environment', 'engine', 'method'] as const;
export type RenameKind = (typeof renameKinds)[number];

/**
 * Ways to the values of a file that refer to something of a kind, as keys separated by dots. `*` is every entry of a list or map; `~`
 * stands for the keys of a map instead of its values.
 */
type References = Readonly<Partial<Record<Kind, readonly string[]>>>;

/** Keys of a tenant's file that contain grants. */
const grants = ['policies.*.grants', 'sharing.*.grants', 'expect.*.allow', 'expect.*.deny'];

const withEnvironments = ['policies', 'sharing', 'expect', ...ownedKeys];

/** Keys of an environment's file that contain entries with `for`. */
const owners = [
  ...['databases', 'authorities', 'authMethods'].map((section) => `owners.${section}.*.*.for.*`),
  ...['ssh', 'aws', 'grants'].map((section) => `owners.${section}.*.for.*`),
];

const tenants: References = { environment: [...owners, 'limits.exceptions.*.for.*'], tenant: ['sharing.*.with'] };

/** Tenants have their names on servers in the register, which stay. */
const teams: References = { ...tenants, names: ['departed.*.team', 'departed.*.released.to'] };

export const references: Readonly<Record<RenameKind, References>> = {
  tenant: tenants,
  team: teams,
  environment: {
    environment: ['owners.grants.*.from'],
    tenant: [
      'environments.*',
      ...withEnvironments.map((key) => `${key}.*.environments.*`),
      ...grants.map((key) => `${key}.*.environment`),
      'overrides.~',
    ],
  },
  engine: {
    environment: ['authorities.~', 'authorities.*.signedBy', 'owners.authorities.~'],
    tenant: ['certificates.*.authority'],
  },
  method: {
    cluster: ['auth.~'],
    environment: ['trusts.*', 'owners.authMethods.~'],
    tenant: ['policies.*.logins.*.method'],
  },
};

/** Where a kind that has no file of its own is defined: kind of the file, and key of the map that has its name. */
export const sections = {
  engine: { file: 'environment', key: 'authorities' },
  method: { file: 'cluster', key: 'auth' },
} as const satisfies Partial<Record<RenameKind, { readonly file: Kind; readonly key: string }>>;
