import type { Principal } from '../principals/access-model';
import type { PrincipalChange } from '../sets/path-class';
import type { Comparison, Entry, Holder, PlacedModel, Report } from './entry';
import { gapsOf, uncomparedTemplates } from './gaps';
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
  const gaps: string[] = [];
  for (const comparison of comparisons) {
    const models = [comparison.before, comparison.after].flatMap((placed) =>
      placed === undefined ? [] : [placed.model],
    );
    gaps.push(...models.flatMap(gapsOf), ...uncomparedTemplates(comparison.before?.model, comparison.after?.model));
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
  return {
    kind: 'diff',
    before,
    after,
    principals: principals.size,
    gaps: [...new Set(gaps)],
    entries: sortEntries(entries),
  };
}

interface Side {
  readonly placed?: PlacedModel;
  readonly maker?: EntryMaker;
  readonly principals: ReadonlyMap<string, Principal>;
}

function side(placed: PlacedModel | undefined, ownData: OwnData): Side {
  if (placed === undefined) return { principals: new Map() };
  const { principals } = placed.model;
  return { placed, maker: new EntryMaker(placed, ownData), principals: new Map(principals.map((p) => [p.id, p])) };
}

function holderOf({ principal: id, presence }: PrincipalChange, old: Side, current: Side): Holder {
  const side = current.principals.has(id) ? current : old;
  const principal = side.principals.get(id) ?? { id, kind: 'token', mount: 'token', name: id, policies: [] };
  return makeHolder(principal, presence, side.placed);
}

/** A principal of a model. */
export function makeHolder(
  principal: Principal,
  presence: Holder['presence'],
  placed: PlacedModel | undefined,
): Holder {
  const { id, kind, mount, name, owner } = principal;
  const source = placed?.places?.ofPrincipal(principal) ?? principal.source;
  const cluster = placed?.model.cluster;
  return {
    ...{ id, kind, mount, name, presence },
    ...(owner && { owner }),
    ...(source && { source }),
    ...(cluster !== undefined && { cluster }),
  };
}
