import { Construct } from 'constructs';

import { clientEntity } from '../../model/names';
import type { Login } from '../../model/tenant/login';
import type { IAuthMethod } from '../auth/auth-method';
import type { ILoginRole } from '../auth/login-role';
import { isReference } from '../reference';
import { Entity, type IEntity } from './entity';
import { EntityAlias } from './entity-alias';
import { Group } from './group';
import type { Metadata } from './metadata';

/** A way to log in, and what was made for it. */
export interface IdentifiedLogin {
  readonly login: Login;
  /** Where it logs in; undefined for tokens. */
  readonly auth: IAuthMethod | undefined;
  readonly role: ILoginRole;
}

export interface IdentityProps {
  /** Name of the group that stands for the tenant, and beginning of no other name. */
  readonly entityName: string;
  /** What templates in policies can use, the same whichever way one logs in. */
  readonly metadata: Metadata;
  readonly logins: readonly IdentifiedLogin[];
}

/** A client by the name that an auth method has for it. */
interface Client {
  readonly auth: IAuthMethod;
  readonly name: string;
}

/**
 * One identity for a tenant over all of its ways to log in.
 *
 * The server lets an entity have one alias at an auth method, and a tenant has several roles at its AppRole method. So each role
 * is an entity, under the role's name, whichever methods it logs in by; a role that several clients of one method log in to is
 * one entity for each of them. All bear the same metadata, so a templated policy treats them alike, and the tenant is the group
 * of them. Logins whose client only a login shows (LDAP, AWS instances, wildcards) are left to the server.
 */
export function addIdentity(scope: Construct, id: string, props: IdentityProps): void {
  new Identity(scope, id, props);
}

class Identity extends Construct {
  private readonly entities = new Map<string, IEntity>();
  /** A ServiceAccount may log in to two roles; it is one client all the same. */
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
      new Group(this, 'group', { groupName: props.entityName, members, metadata: props.metadata });
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
    const entity = this.entities.get(entityName) ?? new Entity(this, entityName, { entityName, metadata });
    this.entities.set(entityName, entity);
    const aliasId = `${entityName}-at-${auth.mountPath.replaceAll('/', '-')}`;
    new EntityAlias(this, aliasId, { entity, auth, aliasName: name });
  }
}

/** For example `checkout-devel-deploy-role-payments-worker`, for the account `worker` of the namespace `payments`. */
function nameOf({ roleName }: ILoginRole, { name }: Client): string {
  if (isReference(name)) throw new Error(`${roleName} has several clients, one of which the server names`);
  return clientEntity(roleName, name);
}
