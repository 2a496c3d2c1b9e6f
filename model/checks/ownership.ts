import type { LinkedEnvironment } from '../environment/environment';
import { isCovered, pathOf, type OwnerPlace, type PlacedEntry } from '../environment/owners/owners';
import { listNames } from '../language/nearest';
import { shorten } from '../language/show';
import { inline, keysOf } from '../ownership/describe-asked';
import { entriesFor, refusedUses, type RefusedUse, type TenantUse } from '../ownership/refused-uses';
import type { Finding, ProblemList } from '../source/problem-list';
import type { LinkedTenant } from '../tenant/tenant';
import type { Known } from './references';

/** Writes what is missing into the files of environments. */
export const suggestCommand = 'npm run -s platform -- ownership suggest --write';

/**
 * Reports what tenants ask of back ends that all teams share, and no entry of `owners` in the environment’s file allows: one problem for
 * each place, or, where nothing else is wrong, for each environment that has no `owners`.
 */
export function checkOwnership(
  tenants: readonly LinkedTenant[],
  environments: Known<LinkedEnvironment>,
  problems: ProblemList,
): void {
  const refused = refusedUses(tenants, environments);
  const [unowned, owned] = [new Map<LinkedEnvironment, TenantUse[]>(), [] as RefusedUse[]];
  for (const each of refused) {
    const { environment } = each.use;
    if (environment.owners !== undefined) owned.push(each);
    else if (!environment.unsound.has('owners')) {
      const uses = unowned.get(environment);
      if (uses === undefined) unowned.set(environment, [each.use]);
      else uses.push(each.use);
    }
  }
  reportRefused(owned, problems);
  // The command that writes what is missing needs an inventory without other problems.
  if (!problems.isEmpty) return;
  for (const [environment, uses] of unowned) reportUnowned(environment, uses, problems);
}

function reportUnowned(environment: LinkedEnvironment, uses: readonly TenantUse[], problems: ProblemList): void {
  const { inventoryName: name } = environment.environment;
  const places = uses.slice(0, 3).map(placeOf);
  problems.addAt(environment.source, [], {
    message: `no \`owners\` allow what tenants use of the back ends that all teams of ${name} share`,
    given: `${uses.length} ${uses.length === 1 ? 'use' : 'uses'}, at ${places.join(', ')}${uses.length > 3 ? ' and elsewhere' : ''}`,
    allowed: '`owners` with an entry for each use; nothing is allowed without one',
    fix: `run \`${suggestCommand}\`, and have the owners of the back ends review what it writes`,
  });
}

/** One problem for each place: of environments that have the same to say, one for all. */
function reportRefused(refused: readonly RefusedUse[], problems: ProblemList): void {
  const byUse = new Map(refused.map((each) => [each.use, each] as const));
  const byPlace = new Map<string, RefusedUse[]>();
  for (const each of refused) {
    const { use, unshared } = each;
    if (isSaidElsewhere(each, byUse)) continue;
    const { path, place, asked, tenant } = use;
    const key = inline([tenant.entry.source.file, path, place, asked, unshared.length > 0]);
    const same = byPlace.get(key);
    if (same === undefined) byPlace.set(key, [each]);
    else same.push(each);
  }
  for (const [first, ...others] of byPlace.values()) {
    if (first === undefined) continue;
    const { use, unshared } = first;
    const all = [first, ...others];
    problems.addAt(use.tenant.entry.source, use.path, unshared.length > 0 ? unsharedUse(all, use) : missing(all, use));
  }
}

/** Of two uses of the same that lack `shared`, the later one in the order of paths is reported; and the one that has no entry at all. */
function isSaidElsewhere({ use, unshared }: RefusedUse, byUse: ReadonlyMap<TenantUse, RefusedUse>): boolean {
  const other = use.other && byUse.get(use.other);
  if (unshared.length === 0 || other === undefined) return false;
  return other.unshared.length === 0 || other.use.tenant.entry.source.file > use.tenant.entry.source.file;
}

function missing(refused: readonly RefusedUse[], use: TenantUse): Finding {
  const who = whoOf(use);
  const keys = keysOf(use.asked);
  const shared = use.other === undefined ? {} : { shared: '<reason>' };
  const line = `- ${inline({ for: [who], ...keys, ...shared })}`;
  const existing = entriesFor(use).map(({ entry }) => inline(keysOf(entry)));
  const also = refused.flatMap(({ use: { other } }) => (other === undefined ? [] : sharingFix(other)));
  const entry = line.length > maxEntry ? `run \`${suggestCommand}\`, which adds an entry` : `add \`${line}\``;
  return {
    message: `no entry of \`${dotted(use.place)}\` in ${environmentsOf(refused)} allows this to ${who}`,
    given: inBrief(keys),
    allowed: existing.length === 0 ? `nothing: no entry is for ${use.team} or ${who}` : few(existing, '; '),
    fix: `ask the owners to ${entry} to \`${dotted(use.place)}\` in ${filesOf(refused)}${also.join('')}`,
  };
}

function unsharedUse(refused: readonly RefusedUse[], use: TenantUse): Finding {
  const others = [...new Set(refused.flatMap(({ use: { other } }) => (other === undefined ? [] : [placeOf(other)])))];
  const entries = refused.flatMap(({ use: { environment, other }, unshared }) => [
    ...unshared.map((entry) => entryPlace(environment, entry)),
    ...(other === undefined ? [] : unsharedEntries(other)),
  ]);
  return {
    message: `several teams have the same in ${environmentsOf(refused)}, and \`${dotted(use.place)}\` does not say that it is shared`,
    given: inBrief(keysOf(use.asked)),
    allowed: `each for one team; the other one is at ${few(others, ', ')}`,
    fix: `use another one, or ask the owners to add \`shared: <reason>\` to the entries at ${few([...new Set(entries)], ', ')}`,
  };
}

function sharingFix(other: TenantUse): string[] {
  const entries = unsharedEntries(other);
  return entries.length === 0 ? [] : [`, and \`shared: <reason>\` to the entries at ${few(entries, ', ')}`];
}

/** Longest entry that a message contains, to be copied. */
const maxEntry = 160;

/** Keys and values on one line, cut if it is long. */
const inBrief = (keys: Readonly<Record<string, unknown>>): string => {
  const text = inline(keys).slice(1, -1);
  return text.length > maxEntry ? shorten(text) : text;
};

/** The first of several texts, each cut, and how many there are. */
function few(texts: readonly string[], separator: string): string {
  const shown = texts.slice(0, 3).map(shorten).join(separator);
  return texts.length > 3 ? `${shown}${separator}… (${texts.length} in all)` : shown;
}

const unsharedEntries = (use: TenantUse): string[] =>
  entriesFor(use)
    .filter((placed) => placed.entry.shared === undefined && isCovered(use.place.section, placed.entry, use.asked))
    .map((placed) => entryPlace(use.environment, placed));

const whoOf = ({ tenant: { entry } }: TenantUse): string => `${entry.team}/${entry.name}`;

const dotted = (place: OwnerPlace): string => pathOf(place).join('.');

const nameOf = ({ use }: RefusedUse): string => use.environment.environment.inventoryName;

const environmentsOf = (refused: readonly RefusedUse[]): string => listNames([...new Set(refused.map(nameOf))]);

const filesOf = (refused: readonly RefusedUse[]): string =>
  listNames([...new Set(refused.map((each) => each.use.environment.source.file))]);

const placeOf = ({ tenant, path }: TenantUse): string => tenant.entry.source.describe(path);

const entryPlace = ({ source }: LinkedEnvironment, { path }: PlacedEntry): string => source.describe(path);
