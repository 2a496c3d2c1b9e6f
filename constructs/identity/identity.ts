import { Construct } from 'constructs';

import { clientEntity } from '../../model/names';
import type { Login } from '../../model/tenant/login';
import type { IAuthMethod } from '../auth/auth-method';
import type { ILoginRole } from '../auth/login-role';
import { serverNameId } from '../construct-id';
import { isReference } from '../reference';
import { Entity, type IEntity } from './entity';
import { EntityAlias } from './entity-alias';
import { Group } from './group';
import type { Metadata } from './metadata';

/** A login, with its auth method and role. */
export interface IdentifiedLogin {
  readonly login: Login;
  /** Auth method of the login; undefined for tokens. */
  readonly auth: IAuthMethod | undefined;
  readonly role: ILoginRole;
}

export interface IdentityProps {
  /** Name of the tenant's group. */
  readonly groupName: string;
  /** For templates in policies, the same for every login. */
  readonly metadata: Metadata;
  readonly logins: readonly IdentifiedLogin[];
}

/** A client of an auth method, by the auth method's name for it. */
interface Client {
  readonly auth: IAuthMethod;
  readonly name: string;
}

/**
 * Adds one identity for a tenant across all of its logins.
 *
 * The server allows an entity one alias in each auth method, and a tenant has several roles in its AppRole method. So each role is an
 * entity with the role's name, across all auth methods. A role with several clients in one auth method has an entity for each. All
 * entities have the same metadata, so that a templated policy treats them alike, and the tenant is the group of these entities. The
 * server creates the entities of clients that are known only after they log in (LDAP, AWS instances, wildcards).
 */
export function addIdentity(scope: Construct, id: string, props: IdentityProps): void {
  new Identity(scope, id, props);
}

class Identity extends Construct {
  private readonly entities = new Map<string, IEntity>();
  /** A ServiceAccount that may log in to two roles is one client. */
  private readonly known = new Set<string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: IdentityProps,
  ) {
    super(scope, id);
    for (const { auth, role } of props.logins) {
      if (auth === undefined) continue;
      const clients = role.aliasNames.map((name): Client => ({ auth, name })).filter((client) => this.isNew(client));
      const alone = role.aliasNames.length === 1;
      for (const client of clients) this.addAlias(alone ? role.roleName : nameOf(role, client), client);
    }
    const members = [...this.entities.values()];
    if (members.length > 0) {
      new Group(this, 'group', { groupName: props.groupName, members, metadata: props.metadata });
    }
  }

  private isNew({ auth, name }: Client): boolean {
    const key = `${auth.mountPath} ${name}`;
    if (this.known.has(key)) return false;
    this.known.add(key);
    return true;
  }

  private addAlias(entityName: string, { auth, name }: Client): void {
    const { metadata } = this.props;
    const entity =
      this.entities.get(entityName) ?? new Entity(this, serverNameId(entityName), { entityName, metadata });
    this.entities.set(entityName, entity);
    const aliasId = `${serverNameId(entityName)}-at-${auth.mountPath.replaceAll('/', '-')}`;
    new EntityAlias(this, aliasId, { entity, auth, aliasName: name });
  }
}

/** For example `checkout.deploy.devel-role.payments-worker` for the ServiceAccount `worker` in the namespace `payments`. */
function nameOf({ roleName }: ILoginRole, { name }: Client): string {
  if (isReference(name))
    throw new Error(`${roleName} has several clients, and the server generates the name of one of them`);
  return clientEntity(roleName, name);
}
