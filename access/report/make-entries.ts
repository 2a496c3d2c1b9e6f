import { operations } from '../decide/request';
import type { Mount } from '../principals/access-model';
import type { ConditionsChange, OperationChange, PathClass } from '../sets/path-class';
import { rateDanger } from './danger';
import type { Direction, Entry, Grant, Holder, PlacedModel } from './entry';
import type { OwnData } from './own-data';
import { placeStanza } from './stanza-text';
import { areaOf, mountOf, sayVerbs, wordsFor } from './words';

/** Turns sets of paths into entries. One for each model, because it remembers the model's mounts and stanzas. */
export class EntryMaker {
  private readonly mounts: readonly Mount[];
  private readonly stanzas = new Map<string, Grant['stanza']>();

  constructor(
    private readonly placed: PlacedModel,
    private readonly ownData: OwnData,
  ) {
    const { model } = placed;
    const logins = new Set(model.principals.map(({ mount }) => mount));
    const paths = [...logins].filter((mount) => mount !== 'identity').map((mount) => `auth/${mount}/`);
    this.mounts = [...model.mounts, ...paths.map((path) => ({ path, type: 'auth' }))];
  }

  /** Entries of one principal: sets with the same subject and exceptions are one entry with several verbs. */
  public entries(
    holder: Holder,
    direction: Direction,
    classes: readonly (readonly [OperationChange['operation'], readonly (PathClass | ConditionsChange)[]])[],
  ): Entry[] {
    const groups = new Map<
      string,
      { verbs: Set<string>; grants: Grant[]; rest: Pick<Entry, Shared>; mount: Mount | undefined }
    >();
    for (const [operation, sets] of classes) {
      for (const set of sets) {
        const { include, within, except, witness, conditions, by } = set;
        const mount = mountOf(include, this.mounts);
        const { verb, what, where, shorten } = wordsFor(operation, include, mount);
        const before = 'before' in set ? { conditionsBefore: set.before } : {};
        const rest = {
          ...{ what, within: within.map(shorten), except: except.map(shorten), area: areaOf(include, mount) },
          ...(where !== undefined && { where }),
          isNarrower: 'isNarrower' in set && set.isNarrower,
        };
        const key = JSON.stringify([rest, conditions, before]);
        let group = groups.get(key);
        if (group === undefined) groups.set(key, (group = { verbs: new Set(), grants: [], rest, mount }));
        group.verbs.add(verb);
        group.grants.push({
          operation,
          include,
          within,
          except,
          witness,
          conditions,
          ...before,
          stanza: this.stanza(by),
        });
      }
    }
    return [...groups.values()].map(({ verbs, grants, rest, mount }) => ({
      holder,
      direction,
      verbs: sayVerbs(verbs),
      ...rest,
      grants: grants.sort((a, b) => operations.indexOf(a.operation) - operations.indexOf(b.operation)),
      danger: rateDanger({ holder, direction, grants, mount, ownData: this.ownData }),
    }));
  }

  private stanza(by: PathClass['by']): Grant['stanza'] {
    const key = `${by.policy}\n${by.position.line}\n${by.position.column}\n${by.path}`;
    let placed = this.stanzas.get(key);
    if (placed === undefined) this.stanzas.set(key, (placed = placeStanza(by, this.placed)));
    return placed;
  }
}

type Shared = 'what' | 'where' | 'within' | 'except' | 'area' | 'isNarrower';
