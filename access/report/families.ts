import type { Entry } from './entry';

/** Entries that differ in nothing but the names of team, tenant and environment. */
export interface Family {
  /** The first of the entries. */
  readonly example: Entry;
  readonly entries: readonly Entry[];
}

/** Groups entries that one edit of shared code or of a default makes for many principals. In the order of the examples. */
export function families(entries: readonly Entry[]): Family[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].flatMap((group) => {
    const [example] = group;
    return example === undefined ? [] : [{ example, entries: group }];
  });
}

function keyOf(entry: Entry): string {
  const { holder, direction, isNarrower, verbs, what, where, within, except, danger, grants } = entry;
  const general = (text: string): string => generalise(text, holder.owner);
  return JSON.stringify([
    direction,
    danger.level,
    holder.kind,
    holder.presence,
    verbs,
    general(where ?? ''),
    general(what),
    isNarrower,
    within.map(general),
    except.map(general),
    danger.reasons.map(({ text }) => general(text)),
    grants.map(({ conditions, conditionsBefore }) => [conditions, conditionsBefore]),
  ]);
}

/** Replaces the names of an owner by placeholders, where they are whole segments or begin one. */
export function generalise(text: string, owner: Entry['holder']['owner']): string {
  if (owner === undefined) return text;
  return text
    .split('/')
    .map((segment) => {
      if (segment === owner.environment) return '<environment>';
      if (segment === owner.tenant) return '<tenant>';
      return segment.startsWith(`${owner.tenant}-`) ? `<tenant>${segment.slice(owner.tenant.length)}` : segment;
    })
    .join('/');
}
