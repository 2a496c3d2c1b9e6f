/** An object that the server itself created, and how to go on. */
export interface ServerMade {
  readonly message: string;
  readonly fix: string;
}

type Attributes = Readonly<Record<string, unknown>>;

interface Alias {
  readonly id: string;
  readonly name: string;
  readonly mount_accessor: string;
}

/** Name that servers generate for the entity of a client that logs in without one; on OpenBao, it ends with the namespace. */
const generatedName = /^entity_[0-9a-f]+(\.[^.]+)?$/;

/**
 * The alias of an entity that the server created when a client logged in for the first time, and to which nobody added anything: its only
 * alias is that of the client, and it has no policies, groups or metadata. Without the alias, it is of no use to anybody.
 *
 * @param planned attributes of the alias that a plan creates
 * @param entity answer of a lookup
 */
export function loginAlias(planned: Attributes, entity: Attributes): ServerMade | undefined {
  const { name, aliases } = entity;
  const [alias, ...others] = Array.isArray(aliases) ? (aliases as Alias[]) : [];
  const isPlanned = alias?.name === planned.name && alias?.mount_accessor === planned.mount_accessor;
  if (alias === undefined || !isPlanned || others.length > 0) return undefined;
  if (typeof name !== 'string' || !generatedName.test(name)) return undefined;
  if (['policies', 'group_ids', 'metadata'].some((field) => !isEmpty(entity[field]))) return undefined;
  const command = `delete identity/entity-alias/id/${alias.id}`;
  return {
    message:
      'a client of this role logged in before the tenant had an `identity`, and the server created an entity for it, which has no policies, groups or metadata',
    fix: `an administrator deletes its alias, \`bao ${command}\` or \`vault ${command}\`; tokens stay valid. Then repeat this at once, before the client logs in again`,
  };
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || Object.keys(value).length === 0;
