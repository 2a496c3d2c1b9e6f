import { environmentQuota, kvMount, stackKinds, tenantGroup, type StackKind } from '../../../model/names';
import { publicKey } from '../../model/pem';
import { environment } from '../inventory/model';

/** `as above`: OpenBao converts names before it decides, Vault afterwards, so that only the row above says who may. */
type Answer = 'as above' | 'yes' | 'no' | 'only on OpenBao';

/** A request that every server refuses or accepts. Paths are of a cluster with the environment `devel`. */
type Attempt = readonly [method: 'DELETE' | 'GET' | 'POST', path: string, body?: Readonly<Record<string, unknown>>];

/** What somebody with a token of Terraform can do, by kind of stack. */
export interface Ability {
  /** For the table in docs/guides/security.md. */
  readonly what: string;
  readonly attempts: readonly Attempt[];
  readonly who: Readonly<Record<StackKind, Answer>>;
}

const nobody = { platform: 'no', engines: 'no', teams: 'no' } as const;
const only = (kind: StackKind): Ability['who'] => ({ ...nobody, [kind]: 'yes' });

export const devel = environment();
const inEngine = 'path "v1/devel/kv/data/shop/*" { capabilities = ["read"] }';
const everywhere = 'path "*" { capabilities = ["create", "read", "update", "delete", "list", "sudo"] }';
const policy = 'sys/policies/acl/shop.x.devel';
const group = tenantGroup({ name: 'shop' }, devel);
const wrongTexts = [
  everywhere,
  `${inEngine}\npath "sys/policies/acl/+" { capabilities = ["update"] }`,
  `${inEngine}\npath "auth/approle/role/+/secret-id" { capabilities = ["update"] }`,
  `# "\n path"/identity/group" { capabilities = ["update"] }`,
  `${inEngine}\npath "\\x73ys/*" { capabilities = ["update"] }`,
  `${inEngine}\npath "{{identity.entity.name}}/*" { capabilities = ["update"] }`,
  JSON.stringify({ path: { '*': { capabilities: ['update'] } } }),
  Buffer.from(everywhere).toString('base64'),
];

const otherSpellings = [
  ...['ADMIN', 'aDmin', 'admin%20', '%20admin', 'adm%C4%B0n'],
  ...['Provisioner-teams', 'provisioner-teams%20', 'default'],
];

/** Every row of the table, in its order. */
export const abilities: readonly Ability[] = [
  {
    what: 'write the policies `admin` and `provisioner-*`',
    attempts: ['admin', 'provisioner-teams', 'provisioner-engines', 'provisioner-platform'].map((name) => [
      'POST',
      `sys/policies/acl/${name}`,
      { policy: inEngine },
    ]),
    who: only('platform'),
  },
  {
    what: 'write or delete them in another spelling, or the policy `default`',
    attempts: otherSpellings.flatMap((name): Attempt[] => [
      ['POST', `sys/policies/acl/${name}`, { policy: inEngine }],
      ['DELETE', `sys/policies/acl/${name}`],
    ]),
    who: { ...nobody, platform: 'as above' },
  },
  {
    what: 'write any other policy, for paths of engines (`v1/…`)',
    attempts: [
      ['POST', policy, { policy: inEngine }],
      ['POST', policy, { policy: `# 'reason'\n${inEngine}` }],
    ],
    who: only('teams'),
  },
  {
    what: 'write such a policy for other paths: `sys/`, `auth/`, `identity/`, wildcards, in any notation',
    attempts: wrongTexts.map((text) => ['POST', policy, { policy: text }]),
    who: nobody,
  },
  {
    what: 'create a role whose tokens have `admin`',
    attempts: [
      ['POST', 'auth/approle/role/thief', { token_policies: ['admin'] }],
      ['POST', 'auth/token/roles/thief', { allowed_policies: ['shop-devel-ro', 'admin'] }],
    ],
    who: { ...nobody, teams: 'only on OpenBao' },
  },
  {
    what: 'create a role whose tokens have policies of teams',
    attempts: [
      ['POST', 'auth/approle/role/shop', { token_policies: ['shop-devel-ro'], bind_secret_id: true }],
      ['POST', 'auth/token/roles/shop', { allowed_policies: ['shop-devel-ro'], allowed_policies_glob: [] }],
    ],
    who: only('teams'),
  },
  {
    what: 'create a token role for all policies of a pattern',
    attempts: [['POST', 'auth/token/roles/thief', { allowed_policies_glob: ['admin*'] }]],
    who: nobody,
  },
  {
    what: 'create an AppRole that needs no SecretID',
    attempts: [false, 'false', '', 0, 'F', null].map((value) => [
      'POST',
      'auth/approle/role/thief-without',
      { bind_secret_id: value, token_bound_cidrs: ['127.0.0.0/8'] },
    ]),
    who: nobody,
  },
  {
    what: 'issue a SecretID, or a token with other policies',
    attempts: [
      ['POST', 'auth/approle/role/shop/secret-id', {}],
      ['POST', 'auth/provisioner/role/platform/secret-id', {}],
      ['POST', 'auth/token/create', { policies: ['root'] }],
      ['POST', 'auth/token/create-orphan', {}],
    ],
    who: nobody,
  },
  {
    what: 'give policies to a group or an entity',
    attempts: [
      ['POST', 'identity/group', { name: group, policies: ['admin'] }],
      ['POST', 'identity/entity', { name: 'shop', policies: ['admin'] }],
    ],
    who: nobody,
  },
  {
    what: 'add a member to a group by its name, unless the name is that of a tenant’s group',
    attempts: [['POST', 'identity/group', { name: 'operators', member_entity_ids: [] }]],
    who: nobody,
  },
  {
    what: 'create groups and entities of tenants, and aliases for any entity',
    attempts: [
      ['POST', 'identity/group', { name: group, member_entity_ids: [] }],
      ['POST', 'identity/entity', { name: 'shop', metadata: { tenant: 'shop' } }],
    ],
    who: only('teams'),
  },
  {
    what: 'mount auth methods and change their settings',
    attempts: [
      ['POST', 'sys/mounts/auth/approle/tune', { description: 'Programs' }],
      ['POST', 'auth/ci/config', { jwt_validation_pubkeys: [publicKey] }],
    ],
    who: only('platform'),
  },
  {
    what: 'change the roles that Terraform logs in to',
    attempts: [['POST', 'auth/provisioner/role/teams', { token_policies: ['admin'], secret_id_num_uses: 1 }]],
    who: only('platform'),
  },
  {
    what: 'mount engines and change their settings',
    attempts: [['POST', `${kvMount(devel)}/config`, { max_versions: 5 }]],
    who: only('engines'),
  },
  {
    what: 'delete an engine or an auth method, or disable an audit device',
    attempts: [
      ['DELETE', `sys/mounts/${kvMount(devel)}`],
      ['DELETE', 'sys/auth/approle'],
      ['DELETE', 'sys/audit/file'],
    ],
    who: nobody,
  },
  {
    what: 'write the first version of a key set',
    attempts: [['POST', `${kvMount(devel)}/data/new/configs`, { data: {}, options: { cas: 0 } }]],
    who: only('teams'),
  },
  {
    what: 'read, change or delete a document',
    attempts: [
      ['GET', `${kvMount(devel)}/data/shop/configs`],
      ['POST', `${kvMount(devel)}/data/shop/configs`, { data: {} }],
      ['POST', `${kvMount(devel)}/data/shop/other`, { data: {} }],
      ['DELETE', `${kvMount(devel)}/data/shop/configs`],
      ['DELETE', `${kvMount(devel)}/metadata/shop/configs`],
    ],
    who: nobody,
  },
  {
    what: 'create keys and roles in engines',
    attempts: [['POST', 'v1/devel/transit/keys/shop', {}]],
    who: only('teams'),
  },
  {
    what: 'encrypt, decrypt or sign, or get credentials',
    attempts: [['POST', 'v1/devel/transit/encrypt/shop', { plaintext: 'eA==' }]],
    who: nobody,
  },
  {
    what: 'change the limit of an environment',
    attempts: [
      ['POST', `sys/quotas/rate-limit/${environmentQuota(devel)}`, { rate: 1000, path: `${kvMount(devel)}/` }],
    ],
    who: only('engines'),
  },
];

/** Whether a server is expected to accept the attempts of somebody. */
export const isAllowed = ({ who }: Ability, kind: StackKind, dialect: 'openbao' | 'vault'): boolean =>
  who[kind] === 'yes' || (who[kind] === 'only on OpenBao' && dialect === 'openbao');

/** The table of docs/guides/security.md, a list of cells for each row. */
export const abilityTable = (): string[][] =>
  abilities.map(({ what, who }) => [what, ...stackKinds.map((kind) => (who[kind] === 'yes' ? '**yes**' : who[kind]))]);
