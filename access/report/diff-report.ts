import type { AccessModel, Principal } from '../principals/access-model';
import type { PrincipalChange } from '../sets/path-class';
import type { Comparison, Entry, Holder, Report } from './entry';
import { EntryMaker } from './make-entries';
import { OwnData } from './own-data';
import { sortEntries } from './sort-entries';

/** Names of what is compared, for people. */
export interface Compared {
  readonly before: string;
  readonly after: string;
}

/** A report on what principals gain and lose on all servers. */
export function diffReport(comparisons: readonly Comparison[], { before, after }: Compared): Report {
  const entries: Entry[] = [];
  const principals = new Set<string>();
  for (const comparison of comparisons) {
    const models = [comparison.before, comparison.after].filter((model) => model !== undefined);
    const ownData = new OwnData(models);
    const old = side(comparison.before, ownData);
    const current = side(comparison.after, ownData);
    for (const id of [...old.principals.keys(), ...current.principals.keys()]) {
      principals.add(`${models[0]?.cluster ?? ''}\n${id}`);
    }
    for (const change of comparison.changes) {
      const { operations } = change;
      const holder = holderOf(change, old, current);
      const pick = (sets: 'gained' | 'lost' | 'conditionsChanged') =>
        operations.map((each) => [each.operation, each[sets]] as const);
      entries.push(
        ...(current.maker?.entries(holder, 'gained', pick('gained')) ?? []),
        ...(current.maker?.entries(holder, 'changed', pick('conditionsChanged')) ?? []),
        ...(old.maker?.entries(holder, 'lost', pick('lost')) ?? []),
      );
    }
  }
  return { kind: 'diff', before, after, principals: principals.size, entries: sortEntries(entries) };
}

interface Side {
  readonly model?: AccessModel;
  readonly maker?: EntryMaker;
  readonly principals: ReadonlyMap<string, Principal>;
}

function side(model: AccessModel | undefined, ownData: OwnData): Side {
  if (model === undefined) return { principals: new Map() };
  return { model, maker: new EntryMaker(model, ownData), principals: new Map(model.principals.map((p) => [p.id, p])) };
}

function holderOf({ principal: id, presence }: PrincipalChange, old: Side, current: Side): Holder {
  const principal = current.principals.get(id) ?? old.principals.get(id);
  const cluster = current.model?.cluster ?? old.model?.cluster;
  const base = principal ?? { id, kind: 'token' as const, mount: 'token', name: id };
  return {
    id,
    kind: base.kind,
    mount: base.mount,
    name: base.name,
    presence,
    ...('owner' in base && base.owner && { owner: base.owner }),
    ...('source' in base && base.source && { source: base.source }),
    ...(cluster !== undefined && { cluster }),
  };
}
