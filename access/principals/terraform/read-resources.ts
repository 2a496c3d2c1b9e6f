import type { Owner, Source } from '../access-model';
import { isObject, textMapOf, textsOf } from '../api-values';
import { loginObject, methodSettings, tokenRole, type LoginPlace } from '../login-object';
import type { ServerObjects } from '../server-objects';
import { concernsAccess, isAccessPath, readApiWrite } from './read-api-write';
import { withoutSlashes, type Resource, type Resources } from './resources';

/** Auth methods of a server. */
export interface AuthMethods {
  /** The server's type, by path of the mount. */
  readonly methodTypes: ReadonlyMap<string, string>;
  /** Path of the mount, by accessor. */
  readonly mountOfAccessor: ReadonlyMap<string, string>;
}

/** Adds objects that depend on auth methods of other stacks, when all are known. */
export type Deferred = (methods: AuthMethods) => unknown;

/** Where the objects of a stack are added. */
export interface StackTarget {
  /** Environment and team of a team's stack. @default - the stack is the platform's */
  readonly share?: Pick<Owner, 'environment' | 'team'> | undefined;
  readonly objects: ServerObjects;
  /** None of them refers to the resources, which can be large. */
  readonly deferred: Deferred[];
}

interface LoginType extends Pick<LoginPlace, 'type' | 'collection'> {
  /** Argument with the name of the role. */
  readonly name: string;
}

/** Resources that clients log in by. */
const loginTypes: Readonly<Record<string, LoginType>> = {
  vault_approle_auth_backend_role: { type: 'approle', collection: 'role', name: 'role_name' },
  vault_kubernetes_auth_backend_role: { type: 'kubernetes', collection: 'role', name: 'role_name' },
  vault_jwt_auth_backend_role: { type: 'jwt', collection: 'role', name: 'role_name' },
  vault_aws_auth_backend_role: { type: 'aws', collection: 'role', name: 'role' },
  vault_cert_auth_backend_role: { type: 'cert', collection: 'certs', name: 'name' },
  vault_ldap_auth_backend_group: { type: 'ldap', collection: 'groups', name: 'groupname' },
  vault_ldap_auth_backend_user: { type: 'ldap', collection: 'users', name: 'username' },
};

/** Arguments of these resources that are used. */
const loginArguments = [
  ...['token_policies', 'policies', 'token_no_default_policy', 'role_id', 'role_type', 'user_claim', 'bound_subject'],
  ...['token_type', 'token_ttl', 'token_max_ttl', 'token_period', 'token_explicit_max_ttl'],
  ...['bound_claims', 'alias_name_source', 'bound_service_account_names', 'bound_service_account_namespaces'],
] as const;

/** Secret engines that have a resource of their own beside `vault_mount`, with their type. */
const engineTypes: Readonly<Record<string, string>> = {
  vault_aws_secret_backend: 'aws',
  vault_consul_secret_backend: 'consul',
  vault_gcp_secret_backend: 'gcp',
  vault_kubernetes_secret_backend: 'kubernetes',
  vault_ldap_secret_backend: 'ldap',
  vault_nomad_secret_backend: 'nomad',
  vault_rabbitmq_secret_backend: 'rabbitmq',
  vault_terraform_cloud_secret_backend: 'terraform',
};

/** Adds what the resources of a stack create on the server. */
export function readResources(resources: Resources, target: StackTarget): void {
  const owners = new Map<string, Owner>();
  for (const resource of resources.all) {
    if (resource.mode === 'resource') new ResourceReader(resources, resource, target, owners).read();
  }
  target.objects.gaps.push(...resources.gaps);
}

class ResourceReader {
  constructor(
    private readonly resources: Resources,
    private readonly resource: Resource,
    private readonly target: StackTarget,
    /** By tenant. */
    private readonly owners: Map<string, Owner>,
  ) {}

  private get objects(): ServerObjects {
    return this.target.objects;
  }

  public read(): void {
    const { type } = this.resource;
    const login = Object.hasOwn(loginTypes, type) ? loginTypes[type] : undefined;
    if (login !== undefined) this.addLogin(login);
    else if (Object.hasOwn(engineTypes, type)) this.addEngine(engineTypes[type] ?? '');
    else {
      switch (type) {
        case 'vault_policy':
          this.addPolicy();
          break;
        case 'vault_mount':
          this.addMount();
          break;
        case 'vault_token_auth_backend_role':
          this.addTokenRole();
          break;
        case 'vault_ldap_auth_backend':
          this.addMethodSettings();
          break;
        case 'vault_identity_entity':
          this.addEntity();
          break;
        case 'vault_identity_entity_alias':
          this.addAlias();
          break;
        case 'vault_identity_group':
          this.addGroup();
          break;
        case 'vault_generic_endpoint':
          this.addWrite();
          break;
      }
    }
  }

  private addPolicy(): void {
    const { name, policy: text } = this.arguments('name', 'policy');
    if (typeof name === 'string' && typeof text === 'string') {
      this.objects.policies.push({ name, text, ...this.origin() });
    }
  }

  private addMount(): void {
    const { path, type, options } = this.arguments('path', 'type', 'options');
    if (typeof path !== 'string' || typeof type !== 'string') return;
    const isSecondVersion = type === 'kv' && String(isObject(options) ? options.version : '') === '2';
    this.objects.mounts.push({ path: `${withoutSlashes(path)}/`, type: isSecondVersion ? 'kv-v2' : type });
  }

  private addEngine(type: string): void {
    const { path = type } = this.arguments('path');
    if (typeof path === 'string') this.objects.mounts.push({ path: `${withoutSlashes(path)}/`, type });
  }

  private addLogin({ type, collection, name: nameArgument }: LoginType): void {
    const given = this.arguments(nameArgument, 'backend', ...loginArguments);
    const { [nameArgument]: name, backend = type } = given;
    if (typeof name !== 'string' || typeof backend !== 'string') return;
    given.role_id ??= this.resources.generated(this.resource, 'role_id');
    const login = loginObject({ type, mount: withoutSlashes(backend), collection, name }, given);
    if (login !== undefined) this.objects.logins.push(Object.assign(login, this.origin()));
  }

  private addTokenRole(): void {
    const { role_name: name, ...data } = this.arguments(
      ...['role_name', 'allowed_policies', 'allowed_policies_glob', 'disallowed_policies', 'disallowed_policies_glob'],
      'token_no_default_policy',
    );
    if (typeof name === 'string') this.objects.tokenRoles.push({ ...tokenRole(name, data), ...this.origin() });
  }

  private addMethodSettings(): void {
    const { path = 'ldap', ...data } = this.arguments('path', 'token_policies', 'token_no_default_policy');
    if (typeof path === 'string') this.objects.methods.push(methodSettings(withoutSlashes(path), data));
  }

  private addEntity(): void {
    const data = this.arguments('name', 'policies', 'metadata', 'disabled');
    if (typeof data.name !== 'string') return;
    this.objects.entities.push({
      id: this.resources.generated(this.resource, 'id'),
      name: data.name,
      policies: [...textsOf(data.policies), ...this.policiesOf('vault_identity_entity_policies', 'entity_id')],
      metadata: textMapOf(data.metadata),
      disabled: data.disabled === true,
      ...this.origin(),
    });
  }

  private addAlias(): void {
    const data = this.arguments('name', 'mount_accessor', 'canonical_id', 'custom_metadata');
    const { name, mount_accessor: accessor, canonical_id: entityId } = textMapOf(data);
    if (name === undefined || accessor === undefined || entityId === undefined) return;
    const { objects } = this;
    const { source } = this.origin();
    const id = this.resources.generated(this.resource, 'id');
    const customMetadata = textMapOf(data.custom_metadata);
    this.target.deferred.push(({ mountOfAccessor }) => {
      const mount = mountOfAccessor.get(accessor);
      if (mount === undefined) {
        const message = `the auth method with the accessor \`${accessor}\` is not known, so neither is the client of the alias`;
        objects.gaps.push({ message, source });
      } else objects.aliases.push({ id, name, mount, accessor, entityId, metadata: {}, customMetadata });
    });
  }

  private addGroup(): void {
    const data = this.arguments('name', 'policies', 'metadata', 'member_entity_ids', 'member_group_ids');
    if (typeof data.name !== 'string') return;
    const more = (type: string, argument: string): string[] => this.related(type, 'group_id', argument);
    this.objects.groups.push({
      id: this.resources.generated(this.resource, 'id'),
      name: data.name,
      policies: [...textsOf(data.policies), ...this.policiesOf('vault_identity_group_policies', 'group_id')],
      metadata: textMapOf(data.metadata),
      memberEntityIds: [
        ...textsOf(data.member_entity_ids),
        ...more('vault_identity_group_member_entity_ids', 'member_entity_ids'),
      ],
      memberGroupIds: [
        ...textsOf(data.member_group_ids),
        ...more('vault_identity_group_member_group_ids', 'member_group_ids'),
      ],
      ...this.origin(),
    });
  }

  private addWrite(): void {
    const { text, whole } = this.resources.beginning(this.resource, 'path');
    const path = withoutSlashes(text);
    if (whole && isAccessPath(path)) this.deferWrite(path);
    else if (!whole && concernsAccess(text)) {
      const { objects } = this;
      const message = `the path that is written has a reference that cannot be resolved after \`${text}\``;
      const { source } = this.origin();
      this.target.deferred.push(() => objects.gaps.push({ message, source }));
    }
  }

  private deferWrite(path: string): void {
    const { objects } = this;
    const origin = this.origin();
    const { gaps } = this.resources;
    const before = gaps.length;
    const { data_json: body } = this.arguments('data_json');
    const gapsOfBody = gaps.splice(before);
    const json = (): unknown => {
      objects.gaps.push(...gapsOfBody);
      return body;
    };
    this.target.deferred.push(({ methodTypes }) => readApiWrite({ path, json, methodTypes, origin }, objects));
  }

  private policiesOf(type: string, argument: string): string[] {
    return this.related(type, argument, 'policies');
  }

  /** A list in the resources of another type that refer to this one. */
  private related(type: string, reference: string, argument: string): string[] {
    const id = this.resources.generated(this.resource, 'id');
    return this.resources
      .referring(type, reference, id)
      .flatMap((other) => textsOf(this.resources.resolved(other, [argument])[argument]));
  }

  private arguments(...names: readonly string[]): Record<string, unknown> {
    return this.resources.resolved(this.resource, names);
  }

  /** The id of a construct is the tenant's name, and Terraform's names are ids of constructs joined by underscores. */
  private origin(): { readonly owner?: Owner; readonly source: Source } {
    const { constructPath, name } = this.resource;
    const { share } = this.target;
    const source = { address: this.resources.placeOf(this.resource) };
    if (share === undefined) return { source };
    const [tenant = ''] = (constructPath ?? name).split(constructPath === undefined ? '_' : '/', 1);
    let owner = this.owners.get(tenant);
    if (owner === undefined) this.owners.set(tenant, (owner = { ...share, tenant }));
    return { owner, source };
  }
}
