import type { Mount, Owner } from '../principals/access-model';
import { isSameOwner } from './owner';
import type { Pattern } from './pattern';
import { PatternIndex } from './pattern-index';

/** Something of a tenant in an engine: a role, a key, a folder of documents. */
export interface OwnThing {
  readonly owner: Owner;
  /** Kind of thing, a key of {@link endpoints}. */
  readonly kind: ThingKind;
  /** Path of the engine, without a trailing slash. */
  readonly mount: string;
  readonly name: string;
}

/**
 * Endpoints of the engines, below the mount, in which a thing has a path: its name comes next, and everything below it belongs to it as well.
 * `+` is one segment.
 */
const endpoints = {
  documents: ['data', 'metadata', 'delete', 'undelete', 'destroy', 'subkeys', 'detailed-metadata'],
  documents1: [''],
  'transit-key': [
    ...['keys', 'encrypt', 'decrypt', 'rewrap', 'sign', 'verify', 'hmac', 'cmac', 'datakey/+', 'derived-keys/+'],
    ...['export/+', 'byok-export/+', 'backup', 'restore'],
  ],
  'pki-role': [
    ...['roles', 'issue', 'sign', 'sign-verbatim'],
    ...['issuer/+/roles', 'issuer/+/issue', 'issuer/+/sign', 'issuer/+/sign-verbatim'],
  ],
  'database-role': ['roles', 'creds'],
  'database-static-role': ['static-roles', 'static-creds', 'rotate-role'],
  'aws-role': ['roles', 'creds', 'sts'],
  'aws-static-role': ['static-roles', 'static-creds'],
  'ssh-role': ['roles', 'creds', 'sign', 'issue'],
  'kubernetes-role': ['roles', 'creds'],
  'totp-key': ['keys', 'code'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ThingKind = keyof typeof endpoints;

/** Kind of thing that a Terraform resource with `backend` and `name` creates. */
export const thingKinds: Readonly<Record<string, ThingKind>> = {
  vault_transit_secret_backend_key: 'transit-key',
  vault_pki_secret_backend_role: 'pki-role',
  vault_database_secret_backend_role: 'database-role',
  vault_database_secret_backend_static_role: 'database-static-role',
  vault_aws_secret_backend_role: 'aws-role',
  vault_aws_secret_backend_static_role: 'aws-static-role',
  vault_ssh_secret_backend_role: 'ssh-role',
  vault_kubernetes_secret_backend_role: 'kubernetes-role',
};

/**
 * A tenant's folder of documents in each key-value engine of an environment, `v1/<environment>/…`. Tenants have names of their own, so the
 * folder of that name in another environment of the server is theirs as well.
 */
export function documentFolders(owners: Iterable<Owner>, mounts: readonly Mount[]): OwnThing[] {
  const tenants = new Map<string, Map<string, Owner>>();
  for (const owner of owners) {
    const known = tenants.get(owner.tenant);
    if (known === undefined) tenants.set(owner.tenant, new Map([[owner.environment, owner]]));
    else known.set(owner.environment, owner);
  }
  return mounts.flatMap(({ path, type }) => {
    const environment = environmentOf(path);
    if (environment === undefined || (type !== 'kv' && type !== 'kv-v2')) return [];
    const kind = type === 'kv' ? 'documents1' : 'documents';
    const mount = path.replace(/\/$/, '');
    return [...tenants].flatMap(([name, homes]): OwnThing[] => {
      const [first] = homes.values();
      if (first === undefined) return [];
      return [{ owner: homes.get(environment) ?? { ...first, environment }, kind, mount, name }];
    });
  });
}

/** Engines of an environment are at `v1/<environment>/…`. */
const environmentOf = (path: string): string | undefined => /^v1\/([^/]+)\//.exec(path)?.[1];

/** Things of one kind in one engine, by the name that ends their paths. */
export interface Collection {
  readonly kind: ThingKind;
  readonly mount: string;
  /** A name that several tenants have belongs to each of them. */
  readonly names: ReadonlyMap<string, readonly Owner[]>;
  /** Names in order of code units; made when first used. */
  readonly sorted: () => readonly string[];
}

/** An endpoint of an engine, and the things that have a path in it. */
export interface Endpoint {
  /** Segments before the name. */
  readonly prefix: Pattern['segments'];
  readonly collection: Collection;
}

/** What tenants own, by the path of each endpoint. */
export class OwnData {
  private readonly index = new PatternIndex<Endpoint>();

  constructor(things: Iterable<OwnThing>) {
    for (const { kind, mount, names } of collect(things)) {
      let sorted: readonly string[] | undefined;
      const collection = { kind, mount, names, sorted: () => (sorted ??= [...names.keys()].sort(byCodeUnits)) };
      for (const path of endpoints[kind]) {
        const prefix = prefixOf(mount, path);
        this.index.add({ segments: prefix, rest: '' }, { prefix, collection });
      }
    }
  }

  /** Endpoints in which paths that match the pattern can have the name of a thing. */
  public endpointsOf(pattern: Pattern): readonly Endpoint[] {
    return this.index.overlapping(pattern);
  }
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const prefixOf = (mount: string, endpoint: string): Pattern['segments'] =>
  [...mount.split('/'), ...(endpoint === '' ? [] : endpoint.split('/'))].map((text) =>
    text === '+' ? undefined : text,
  );

function collect(
  things: Iterable<OwnThing>,
): Iterable<{ kind: ThingKind; mount: string; names: Map<string, Owner[]> }> {
  const collections = new Map<string, { kind: ThingKind; mount: string; names: Map<string, Owner[]> }>();
  for (const { owner, kind, mount, name } of things) {
    const id = `${kind} ${mount}`;
    let collection = collections.get(id);
    if (collection === undefined) collections.set(id, (collection = { kind, mount, names: new Map() }));
    const owners = collection.names.get(name);
    if (owners === undefined) collection.names.set(name, [owner]);
    else if (!owners.some((other) => isSameOwner(other, owner))) owners.push(owner);
  }
  return collections.values();
}
