import type { Identity } from '../environment/owners/entry';
import { matches } from '../language/wildcard';

/** Somebody who has a name in something, such as a connection of an environment. */
interface Holder {
  readonly team: string;
}

/** A name that several have, as far as that is needed to find one of another team: the first of two teams. */
type Holders<T> = T[];

interface Within<T> {
  /** By all conditions of an identity. */
  readonly whole: Map<string, Holders<T>>;
  /** By some of the conditions of an identity, which has more. */
  readonly parts: Map<string, Holders<T>>;
  /** Those of `whole` with a `*`, by what is before it. */
  readonly patterns: Map<string, { readonly text: string; readonly holders: Holders<T> }[]>;
}

/** Most conditions of which each choice is compared. */
const mostConditions = 6;

const separator = '\n';

/**
 * Names, groups, claims and the like, and who has them. Two identities are found to be the same where one has all conditions of the other,
 * or where one without `*` is in the pattern of the other. Linear in their number.
 */
export class Identities<T extends Holder> {
  private readonly within = new Map<string, Within<T>>();

  /** @param where what the name is in, such as a connection of an environment */
  public add(where: string, identity: Identity, holder: T): void {
    const known: Within<T> = this.within.get(where) ?? { whole: new Map(), parts: new Map(), patterns: new Map() };
    this.within.set(where, known);
    const text = identity.join(separator);
    const isNew = !known.whole.has(text);
    addHolder(known.whole, text, holder);
    for (const part of partsOf(identity)) addHolder(known.parts, part, holder);
    const star = text.indexOf('*');
    if (star === -1 || !isNew) return;
    const prefix = text.slice(0, star);
    const patterns = known.patterns.get(prefix) ?? [];
    known.patterns.set(prefix, [...patterns, { text, holders: known.whole.get(text) ?? [] }]);
  }

  /** Those of other teams that have the same. Of several of them, some are found. */
  public others(where: string, identity: Identity, { team }: Holder): T[] {
    const known = this.within.get(where);
    if (known === undefined) return [];
    const text = identity.join(separator);
    const parts = partsOf(identity);
    const found = [known.whole.get(text), known.parts.get(text), ...parts.map((part) => known.whole.get(part))];
    const inPatterns = [text, ...parts].flatMap((each) => patternsOf(known, each));
    return [...found.flatMap((holders) => holders ?? []), ...inPatterns].filter((holder) => holder.team !== team);
  }
}

function addHolder<T extends Holder>(map: Map<string, Holders<T>>, text: string, holder: T): void {
  const holders = map.get(text);
  if (holders === undefined) map.set(text, [holder]);
  else if (holders.length === 1 && holders[0]?.team !== holder.team) holders.push(holder);
}

function patternsOf<T>({ patterns }: Within<T>, text: string): T[] {
  if (patterns.size === 0 || text.includes('*')) return [];
  const found: T[] = [];
  for (let length = 0; length <= text.length; length += 1) {
    for (const pattern of patterns.get(text.slice(0, length)) ?? []) {
      if (matches(pattern.text, text)) found.push(...pattern.holders);
    }
  }
  return found;
}

/** Each choice of some of several conditions, but not of all. */
function partsOf(identity: Identity): string[] {
  const { length } = identity;
  if (length === 1 || length > mostConditions) return [];
  return Array.from({ length: 2 ** length - 2 }, (_, index) =>
    identity.filter((_condition, bit) => ((index + 1) & (1 << bit)) !== 0).join(separator),
  );
}
