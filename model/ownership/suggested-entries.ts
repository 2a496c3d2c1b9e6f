import { isCovered, isIndependent, sectionKeys, type OwnerPlace } from '../environment/owners/owners';
import { keysOf } from './describe-asked';
import type { RefusedUse } from './refused-uses';

/** The reason in suggested entries, until somebody writes a better one. */
export const sharedBefore = 'Several teams had it before owners were recorded';

/** Entries to add to one list of `owners`. */
export interface SuggestedEntries {
  readonly place: OwnerPlace;
  /** As the file has them. */
  readonly entries: readonly object[];
}

type Lists = Readonly<Record<string, unknown>>;

interface Draft {
  readonly isShared: boolean;
  readonly asked: Lists;
}

/** The least entries that allow what is refused in one environment, for single tenants. */
export function suggestedEntries(refused: readonly RefusedUse[]): SuggestedEntries[] {
  const byPlace = new Map<string, { place: OwnerPlace; drafts: Map<string, Draft[]> }>();
  for (const { use } of refused) {
    const { place, tenant, team } = use;
    const key = `${place.section} ${place.name ?? ''}`;
    const known = byPlace.get(key) ?? { place, drafts: new Map<string, Draft[]>() };
    byPlace.set(key, known);
    const who = `${team}/${tenant.entry.name}`;
    const draft = { isShared: use.other !== undefined, asked: use.asked as Lists };
    known.drafts.set(who, withDraft(place, known.drafts.get(who) ?? [], draft));
  }
  return [...byPlace.values()]
    .map(({ place, drafts }) => ({ place, entries: entriesOf(drafts) }))
    .sort((a, b) => sectionKeys.indexOf(a.place.section) - sectionKeys.indexOf(b.place.section));
}

/** Drafts of one tenant that allow one thing more. */
function withDraft(place: OwnerPlace, drafts: readonly Draft[], added: Draft): Draft[] {
  const covers = (one: Draft, other: Draft): boolean =>
    one.isShared === other.isShared && isCovered(place.section, { for: [], ...one.asked }, other.asked);
  if (drafts.some((draft) => covers(draft, added))) return [...drafts];
  const others = drafts.filter((draft) => !covers(added, draft));
  for (const [index, draft] of others.entries()) {
    const merged = mergedLists(draft.asked, added.asked, isIndependent(place.section));
    if (draft.isShared === added.isShared && merged !== undefined)
      return others.with(index, { ...draft, asked: merged });
  }
  return [...others, added];
}

/** Both in one, if that allows nothing else; undefined otherwise. */
function mergedLists(one: Lists, other: Lists, areIndependent: boolean): Lists | undefined {
  const differing = Object.keys(one).filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));
  const areLists = differing.every((key) => Array.isArray(one[key]) && key !== 'extensions');
  if (!areLists || (differing.length > 1 && !areIndependent)) return undefined;
  const union = (key: string): unknown[] => [...new Set([...(one[key] as unknown[]), ...(other[key] as unknown[])])];
  return { ...one, ...Object.fromEntries(differing.map((key) => [key, union(key)] as const)) };
}

/** Entries that are the same for several tenants are one. */
function entriesOf(drafts: ReadonlyMap<string, readonly Draft[]>): object[] {
  const byContent = new Map<string, { for: string[]; keys: object }>();
  for (const [who, list] of drafts) {
    for (const { isShared, asked } of list) {
      const keys = { ...keysOf(asked), ...(isShared && { shared: sharedBefore }) };
      const content = JSON.stringify(keys);
      const known = byContent.get(content);
      if (known === undefined) byContent.set(content, { for: [who], keys });
      else known.for.push(who);
    }
  }
  return [...byContent.values()].map(({ for: whom, keys }) => ({ for: whom, ...keys }));
}
