import { findCrossings } from '../../../access/proof/isolation';
import { documentFolders, OwnData, type OwnThing, type ThingKind } from '../../../access/proof/own-data';
import { ownFolders, thingsOfStack } from '../../../access/proof/own-things';
import { patternOf } from '../../../access/proof/pattern';
import { now, owner, smallModel } from './small-model';

const [ledger, shop] = [owner('ledger'), owner('shop')];
const mount = 'v1/devel/x';
const thing = (kind: ThingKind, name = 'ledger'): OwnThing => ({ owner: ledger, kind, mount, name });

/** Where a thing has a path, below the mount. */
const endpoints: Readonly<Record<ThingKind, readonly string[]>> = {
  documents: [
    ...['data/ledger/a', 'metadata/ledger/', 'delete/ledger/a', 'undelete/ledger/a', 'destroy/ledger/a'],
    ...['subkeys/ledger/a', 'detailed-metadata/ledger/', 'data/ledger'],
  ],
  documents1: ['ledger', 'ledger/a'],
  'transit-key': [
    ...[
      'keys/ledger',
      'keys/ledger/rotate',
      'encrypt/ledger',
      'decrypt/ledger',
      'rewrap/ledger',
      'sign/ledger/sha2-256',
    ],
    ...['verify/ledger', 'hmac/ledger', 'cmac/ledger', 'datakey/wrapped/ledger', 'derived-keys/x/ledger'],
    ...['export/signing-key/ledger/1', 'byok-export/x/ledger', 'backup/ledger', 'restore/ledger'],
  ],
  'pki-role': [
    ...['roles/ledger', 'issue/ledger', 'sign/ledger', 'sign-verbatim/ledger', 'issuer/x/roles/ledger'],
    ...['issuer/x/issue/ledger', 'issuer/x/sign/ledger', 'issuer/x/sign-verbatim/ledger/pem'],
  ],
  'database-role': ['roles/ledger', 'creds/ledger'],
  'database-static-role': ['static-roles/ledger', 'static-creds/ledger', 'rotate-role/ledger'],
  'aws-role': ['roles/ledger', 'creds/ledger', 'sts/ledger'],
  'aws-static-role': ['static-roles/ledger', 'static-creds/ledger'],
  'ssh-role': ['roles/ledger', 'creds/ledger', 'sign/ledger', 'issue/ledger'],
  'kubernetes-role': ['roles/ledger', 'creds/ledger'],
  'totp-key': ['keys/ledger', 'code/ledger'],
};

/** Kinds of what `shop` reaches of `ledger` with a path. */
const reached = (path: string, things: readonly OwnThing[]): readonly ThingKind[] =>
  findCrossings(smallModel({ shop: { owner: shop, rules: { [path]: ['read'] } } }), { things, sharing: [], now }).map(
    ({ data }) => data.kind,
  );

describe('a thing of another tenant', () => {
  it.each(
    Object.entries(endpoints).flatMap(([kind, paths]) => paths.map((path) => [kind as ThingKind, path] as const)),
  )('of kind %s is reached by %s', (kind, path) => {
    expect(reached(`${mount}/${path}`, [thing(kind)])).toEqual([kind]);
    expect(reached(`${mount}/${path}`, [thing(kind, 'other')])).toEqual([]);
    expect(reached(`v1/devel/y/${path}`, [thing(kind)])).toEqual([]);
  });

  it.each([
    ['documents', 'config'],
    ['transit-key', 'random/ledger'],
    ['pki-role', 'cert/ledger'],
    ['documents', 'datax/ledger'],
    ['transit-key', 'datakey/ledger'],
  ] as const)('of kind %s is not reached by %s', (kind, path) => {
    expect(reached(`${mount}/${path}`, [thing(kind)])).toEqual([]);
  });
});

describe('things by their endpoints', () => {
  it('belong to each tenant that has one of the name, and are sorted by code units', () => {
    const things = [
      ...[thing('totp-key', 'b'), thing('totp-key', 'a'), thing('totp-key', 'Z'), thing('totp-key', 'é')],
      { ...thing('totp-key', 'a'), owner: shop },
      { ...thing('totp-key', 'a'), owner: { ...ledger } },
      { ...thing('totp-key', 'a'), mount: 'v1/devel/y' },
      thing('aws-role', 'a'),
    ];
    const found = new OwnData(things).endpointsOf(patternOf('v1/devel/x/keys/*'));
    expect(found.map(({ prefix, collection: { kind, mount: engine } }) => [prefix, kind, engine])).toEqual([
      [['v1', 'devel', 'x', 'keys'], 'totp-key', mount],
    ]);
    expect(found[0]?.collection.sorted()).toEqual(['Z', 'a', 'b', 'é']);
    expect(found[0]?.collection.names.get('a')).toEqual([ledger, shop]);
    expect(new OwnData(things).endpointsOf(patternOf('v1/devel/+/keys/*'))).toHaveLength(2);
  });
});

describe('folders of documents', () => {
  it('are in each key-value engine of an environment, and belong to the tenant there', () => {
    const mounts = [
      { path: 'v1/devel/kv/', type: 'kv-v2' },
      { path: 'v1/ci/old/', type: 'kv' },
      { path: 'v1/devel/transit/', type: 'transit' },
      { path: 'kv/', type: 'kv-v2' },
      { path: 'x/v1/devel/kv/', type: 'kv-v2' },
    ];
    const ci = { ...owner('ledger', 'ci'), team: 'other' };
    expect(documentFolders([ledger, ci, shop], mounts)).toEqual([
      { owner: ledger, kind: 'documents', mount: 'v1/devel/kv', name: 'ledger' },
      { owner: shop, kind: 'documents', mount: 'v1/devel/kv', name: 'shop' },
      { owner: ci, kind: 'documents1', mount: 'v1/ci/old', name: 'ledger' },
      { owner: { ...shop, environment: 'ci' }, kind: 'documents1', mount: 'v1/ci/old', name: 'shop' },
    ]);
  });

  it('are those of the owners of policies and of principals', () => {
    const model = smallModel({ ledger: { owner: ledger, rules: {} }, ops: { rules: {} } });
    const placed = { policy: model.policies.get('ops')!.policy, text: '', owner: shop };
    const folders = (more: Partial<typeof model>): readonly string[] =>
      ownFolders({ ...model, ...more }).map(({ name }) => name);
    expect(folders({})).toEqual(['ledger']);
    expect(folders({ policies: new Map([['shop', placed]]) })).toEqual(['shop', 'ledger']);
    expect(folders({ principals: [] })).toEqual(['ledger']);
  });
});

describe('things of a stack', () => {
  const share = { team: 'team-ledger', environment: 'devel' };
  const of = (resource: unknown): readonly OwnThing[] => thingsOfStack({ resource }, share);
  const metadata = (path: string) => ({ '//': { metadata: { path, uniqueId: 'x' } } });

  it('are roles and keys with their engine, and the tenant of the construct', () => {
    expect(
      of({
        vault_transit_secret_backend_key: {
          other_card_1: { backend: '//v1/devel/x//', name: 'card', ...metadata('stack/ledger/card') },
        },
        vault_ssh_secret_backend_role: { shop_ops: { backend: mount, name: 'ops' } },
        vault_policy: { x: { backend: mount, name: 'x' } },
      }),
    ).toEqual([
      { owner: ledger, kind: 'transit-key', mount, name: 'card' },
      { owner: { ...share, tenant: 'shop' }, kind: 'ssh-role', mount, name: 'ops' },
    ]);
  });

  const kinds = [
    ['vault_transit_secret_backend_key', 'transit-key'],
    ['vault_pki_secret_backend_role', 'pki-role'],
    ['vault_database_secret_backend_role', 'database-role'],
    ['vault_database_secret_backend_static_role', 'database-static-role'],
    ['vault_aws_secret_backend_role', 'aws-role'],
    ['vault_aws_secret_backend_static_role', 'aws-static-role'],
    ['vault_ssh_secret_backend_role', 'ssh-role'],
    ['vault_kubernetes_secret_backend_role', 'kubernetes-role'],
  ] as const;
  it.each(kinds)('of type %s are of kind %s', (type, kind) => {
    expect(of({ [type]: { a: { backend: mount, name: 'n' } } }).map((each) => each.kind)).toEqual([kind]);
  });

  it('have the beginning of the id as their tenant, where the path is not known', () => {
    const tenant = (id: string, more: object = {}): unknown =>
      of({ vault_aws_secret_backend_role: { [id]: { backend: mount, name: 'n', ...more } } })[0]?.owner.tenant;
    expect([tenant('ledger'), tenant('ledger_x_y'), tenant('ledger_x', metadata('stack'))]).toEqual([
      'ledger',
      'ledger',
      'ledger',
    ]);
    expect([tenant('a_b', { '//': 'text' }), tenant('a_b', { '//': { metadata: 1 } })]).toEqual(['a', 'a']);
  });

  it('are left out if their engine or name is not known', () => {
    expect(of({ vault_aws_secret_backend_role: { a: { backend: mount }, b: { name: 'n' }, c: 'text' } })).toEqual([]);
    expect(of({ vault_aws_secret_backend_role: 'text' })).toEqual([]);
    expect([undefined, 'text', {}, { resource: 'text' }].flatMap((json) => thingsOfStack(json, share))).toEqual([]);
  });
});
