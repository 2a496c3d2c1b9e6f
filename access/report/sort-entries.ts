import { compareDanger } from './danger-level';
import type { Direction, Entry } from './entry';

const directions: readonly Direction[] = ['gained', 'held', 'changed', 'lost'];

/** Most dangerous first: gained before changed before lost, then by danger, then by team, tenant, environment and path. */
export function sortEntries(entries: readonly Entry[]): Entry[] {
  const keyed = entries.map((entry) => ({ entry, place: placeOf(entry) }));
  keyed.sort(
    (a, b) =>
      directions.indexOf(a.entry.direction) - directions.indexOf(b.entry.direction) ||
      compareDanger(a.entry.danger, b.entry.danger) ||
      (a.place < b.place ? -1 : a.place > b.place ? 1 : 0),
  );
  return keyed.map(({ entry }) => entry);
}

const placeOf = ({ holder: { owner, cluster, id }, where, what }: Entry): string =>
  [owner?.team, owner?.tenant, owner?.environment, cluster, id, where, what].join('\n');
