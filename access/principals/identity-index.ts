import type { Identity } from '../decide/identity';
import { globMatches, policyNames } from './policy-names';
import type { AliasObject, EntityObject, GroupObject, LoginObject, ServerObjects } from './server-objects';

/** What a token gets by the entity of its client. */
export interface EntityShare {
  readonly entity: EntityObject;
  /** Policies of the entity and of all its groups. */
  readonly policies: readonly string[];
  readonly identity: Identity;
}

/** Entities that clients of a login have. */
export interface LoginEntities {
  readonly shares: readonly EntityShare[];
  /** Whether the login admits clients with another entity, which the server creates. */
  readonly others: boolean;
}

/** Finds the entities of logins, and the policies of entities. */
export class IdentityIndex {
  private readonly entities: ReadonlyMap<string, EntityObject>;
  private readonly aliasesByMount: ReadonlyMap<string, readonly AliasObject[]>;
  private readonly aliasesByEntity: ReadonlyMap<string, readonly AliasObject[]>;
  private readonly groupsOfEntity: ReadonlyMap<string, readonly GroupObject[]>;
  private readonly groupsOfGroup: ReadonlyMap<string, readonly GroupObject[]>;

  constructor({ entities, aliases, groups }: Pick<ServerObjects, 'entities' | 'aliases' | 'groups'>) {
    this.entities = new Map(entities.map((entity) => [entity.id, entity]));
    this.aliasesByMount = indexBy(aliases, ({ mount }) => [mount]);
    this.aliasesByEntity = indexBy(aliases, ({ entityId }) => [entityId]);
    this.groupsOfEntity = indexBy(groups, ({ memberEntityIds }) => memberEntityIds);
    this.groupsOfGroup = indexBy(groups, ({ memberGroupIds }) => memberGroupIds);
  }

  /** Entities of the clients of a login. Disabled ones are left out, because the server refuses their requests. */
  public entitiesOf({ mount, aliasNames }: LoginObject): LoginEntities {
    const aliases = this.aliasesByMount.get(mount);
    if (aliases === undefined) return { shares: [], others: aliasNames.length > 0 };
    const matching = aliases.filter(({ name }) => aliasNames.some((pattern) => aliasMatches(pattern, name)));
    const ids = new Set(matching.map(({ entityId }) => entityId));
    const found = [...ids].flatMap((id) => this.entities.get(id) ?? []).filter(({ disabled }) => !disabled);
    const known = new Set(matching.map(({ name }) => name));
    return {
      shares: found.map((entity) => this.shareOf(entity)),
      others: aliasNames.some((name) => name.includes('*') || !known.has(name)),
    };
  }

  /** What tokens of an entity get. */
  public shareOf(entity: EntityObject): EntityShare {
    const groups = this.groupsOf(entity.id);
    const policies = policyNames([entity, ...groups].flatMap((each) => each.policies));
    const { id, name, metadata } = entity;
    const aliases = Object.fromEntries(
      (this.aliasesByEntity.get(id) ?? []).map((alias) => [
        alias.accessor,
        { id: alias.id, name: alias.name, metadata: alias.metadata, customMetadata: alias.customMetadata },
      ]),
    );
    return {
      entity,
      policies,
      identity: {
        entity: { id, name, metadata, aliases },
        groups: groups.map((group) => ({ id: group.id, name: group.name, metadata: group.metadata })),
      },
    };
  }

  /** Groups that contain the entity, directly or by a group in them. */
  private groupsOf(entityId: string): readonly GroupObject[] {
    const found = new Set<GroupObject>(this.groupsOfEntity.get(entityId));
    // A set yields what is added to it during the iteration.
    for (const { id } of found) for (const outer of this.groupsOfGroup.get(id) ?? []) found.add(outer);
    return [...found];
  }
}

/** A pattern of names: `*` is any text, also in the middle, where a namespace and a ServiceAccount meet. */
function aliasMatches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  if (!pattern.slice(1, -1).includes('*')) return globMatches(pattern, name);
  const literal = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${literal.join('.*')}$`, 's').test(name);
}

function indexBy<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): Map<string, Item[]> {
  const index = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [item]);
      else known.push(item);
    }
  }
  return index;
}
