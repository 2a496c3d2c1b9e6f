import { parsePolicy } from '../policy/parse-policy';
import { PolicyError } from '../policy/policy';
import type { Server } from '../servers';
import type { AccessModel, Gap, Mount, PlacedPolicy, Principal } from './access-model';
import { defaultPolicyText } from './default-policy';
import { IdentityIndex, type EntityShare } from './identity-index';
import { policyNames, tokenRolePolicies } from './policy-names';
import type {
  EntityObject,
  LoginObject,
  MethodSettings,
  PolicyObject,
  ServerObjects,
  TokenRoleObject,
} from './server-objects';

/** The server that objects belong to. */
export interface ModelServer {
  readonly server: Server;
  /** Name of the cluster. @default - not known */
  readonly cluster?: string;
}

/** Computes principals and their policies. Linear in the number of objects. */
export function buildModel(objects: ServerObjects, { server, cluster }: ModelServer): AccessModel {
  const builder = new ModelBuilder(objects, server);
  const { policies, gaps } = builder;
  return {
    server,
    ...(cluster !== undefined && { cluster }),
    policies,
    principals: builder.principals(),
    mounts: mountsOf(objects.mounts),
    ...(gaps.length > 0 && { gaps }),
  };
}

class ModelBuilder {
  public readonly policies = new Map<string, PlacedPolicy>();
  public readonly gaps: Gap[];
  private readonly identity: IdentityIndex;
  /** By mount. */
  private readonly methods: ReadonlyMap<string, MethodSettings>;

  constructor(
    private readonly objects: ServerObjects,
    server: Server,
  ) {
    this.gaps = [...objects.gaps];
    this.identity = new IdentityIndex(objects);
    this.methods = new Map([...objects.methods].reverse().map((method) => [method.mount, method]));
    for (const policy of objects.policies) this.addPolicy(policy, server);
    if (!this.policies.has('default')) this.addPolicy({ name: 'default', text: defaultPolicyText(server) }, server);
  }

  public principals(): Principal[] {
    const { logins, tokenRoles, tokens, entities } = this.objects;
    return [
      ...logins.flatMap((login) => this.ofLogin(login)),
      ...tokenRoles.flatMap((role) => this.ofTokenRole(role)),
      ...tokens.map(({ name, policies }): Principal => ({
        id: `token:${name}`,
        kind: 'token',
        mount: 'token',
        name,
        policies: policyNames(policies),
      })),
      ...entities.flatMap((entity) => this.ofEntity(entity)),
      ...this.objects.groups.flatMap(({ name, policies, owner, source }): Principal[] =>
        policies.length === 0
          ? []
          : [{ ...identityPrincipal('group', name), policies: policyNames(policies), ...placed({ owner, source }) }],
      ),
    ].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private addPolicy({ name: given, text, owner, source }: PolicyObject, server: Server): void {
    const name = given.trim().toLowerCase();
    try {
      this.policies.set(name, { policy: parsePolicy(name, text, server), text, ...placed({ owner, source }) });
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      const { line, column } = error.position ?? {};
      const place = line === undefined ? '' : ` (line ${line}, column ${column})`;
      this.gap(`the server refuses the policy ${name}: ${error.message}${place}`, source);
    }
  }

  /** One principal for all entities with the same policies, because only these and their templates decide. */
  private ofLogin(login: LoginObject): Principal[] {
    const { kind, mount, collection, name, token, owner, source } = login;
    const settings = kind.startsWith('ldap') ? this.methods.get(mount) : undefined;
    const noDefault = login.noDefaultPolicy || settings?.noDefaultPolicy === true;
    const own = policyNames([...login.policies, ...(settings?.policies ?? []), ...(noDefault ? [] : ['default'])]);
    const id = `${kind}:${mount}/${collection}/${name}`;
    if (own.includes('root')) {
      this.gap(`the server refuses logins to ${id}, because it issues no root tokens`, source);
      return [];
    }
    const { shares, others } = this.identity.entitiesOf(login);
    const common = { kind, mount, name, ...(token !== undefined && { token }), ...placed({ owner, source }) };
    if (shares.length === 0) return others ? [{ id, policies: own, ...common }] : [];
    const variants = new Map<string, { policies: readonly string[]; shares: (EntityShare | undefined)[] }>();
    for (const share of others ? [undefined, ...shares] : shares) {
      const policies = policyNames([...own, ...(share?.policies ?? [])]);
      const key = JSON.stringify([policies, share !== undefined && this.isTemplated(policies) && share.identity]);
      const variant = variants.get(key);
      if (variant === undefined) variants.set(key, { policies, shares: [share] });
      else variant.shares.push(share);
    }
    return [...variants.values()].map((variant, index) => {
      const [share] = variant.shares;
      const only = variant.shares.length === 1 ? share : undefined;
      const suffix = index === 0 ? '' : ` as ${share?.entity.name ?? 'another entity'}`;
      return {
        id: `${id}${suffix}`,
        policies: variant.policies,
        ...common,
        ...(only !== undefined && { identity: only.identity }),
      };
    });
  }

  /** `default` is templated, but its templates concern the entity itself alone. */
  private isTemplated(names: readonly string[]): boolean {
    return names.some((name) => name !== 'default' && this.policies.get(name)?.text.includes('{{') === true);
  }

  private ofTokenRole(role: TokenRoleObject): Principal[] {
    const { name, owner, source } = role;
    const policies = tokenRolePolicies(role, this.policies.keys());
    if (policies === undefined) return [];
    return [
      {
        id: `token-role:token/roles/${name}`,
        kind: 'token-role',
        mount: 'token',
        name,
        policies,
        ...placed({ owner, source }),
      },
    ];
  }

  /** What an entity adds to the tokens of all of its logins. */
  private ofEntity(entity: EntityObject): Principal[] {
    const { policies, identity } = this.identity.shareOf(entity);
    if (policies.length === 0 || entity.disabled) return [];
    return [{ ...identityPrincipal('entity', entity.name), policies, identity, ...placed(entity) }];
  }

  private gap(message: string, source: Gap['source']): void {
    this.gaps.push({ message, ...(source !== undefined && { source }) });
  }
}

const identityPrincipal = (
  kind: 'entity' | 'group',
  name: string,
): Pick<Principal, 'id' | 'kind' | 'mount' | 'name'> => ({
  id: `${kind}:identity/${kind}/${name}`,
  kind,
  mount: 'identity',
  name,
});

function placed({
  owner,
  source,
}: {
  readonly owner?: PlacedPolicy['owner'] | undefined;
  readonly source?: PlacedPolicy['source'] | undefined;
}): Pick<PlacedPolicy, 'owner' | 'source'> {
  return { ...(owner !== undefined && { owner }), ...(source !== undefined && { source }) };
}

const mountsOf = (mounts: readonly Mount[]): Mount[] => [...mounts].sort((a, b) => (a.path < b.path ? -1 : 1));
