import type { Acl } from '../decide/acl';
import { capabilityBit } from '../decide/capability';
import { compareRanks, rankOf } from '../decide/outranks';
import type { Operation } from '../decide/request';
import { neededBit } from '../decide/requirements';
import type { Rule } from '../decide/rule';
import { needsSudo } from '../decide/sudo-paths';
import { servers } from '../servers';
import type { Cut } from './cut';
import { isImpossible, limitsOf, type Limits } from './limits';
import { fullForm, trimmedForm } from './list-form';
import { patternOfRule } from './pattern';
import type { Vocabulary } from './vocabulary';

/** What sets of paths are computed from. */
export type Rules = Pick<Acl, 'server' | 'isRoot' | 'rules'>;

const rootRule: Rule = {
  kind: 'prefix',
  text: '',
  path: '*',
  capabilities: Object.values(capabilityBit).reduce((all, bit) => all | bit, 0) & ~capabilityBit.deny,
  from: [{ policy: 'root', path: '*', position: { line: 1, column: 1 } }],
};

/** All rules; the policy root is one that allows everything. */
export const rulesOf = ({ isRoot, rules }: Rules): readonly Rule[] => (isRoot ? [rootRule] : rules);

const ranked = (rules: readonly Rule[]): readonly Rule[] =>
  rules
    .map((rule) => ({ rule, rank: rankOf(rule) }))
    .sort((a, b) => compareRanks(b.rank, a.rank).difference)
    .map(({ rule }) => rule);

/** A rule that matches, by its rank. */
interface Matching {
  readonly rule: number;
  /** Pattern that the class must not match. */
  readonly except?: number;
}

/** Decides classes of paths by the rules of one principal, as {@link Acl} decides paths. */
export class Side {
  /** Best rank first. */
  private readonly rules: readonly Rule[];
  private readonly exactRules: number;
  /** By pattern: rules that match the path. */
  private readonly full = new Map<number, Matching[]>();
  /** By pattern: rules that match the path without its trailing slash. */
  private readonly trimmed = new Map<number, Matching[]>();

  constructor(
    private readonly acl: Rules,
    /** Those of {@link rulesOf} that count, in any order. */
    rules: readonly Rule[],
    private readonly listing: boolean,
    vocabulary: Vocabulary,
  ) {
    this.rules = ranked(rules);
    this.exactRules = this.rules.filter(({ kind }) => kind === 'exact').length;
    for (const [rule, { kind, text }] of this.rules.entries()) {
      const pattern = patternOfRule({ kind, text });
      const full = listing ? fullForm(pattern) : pattern;
      const number = full && vocabulary.number(full);
      if (number !== undefined) append(this.full, number, { rule });
      if (!listing) continue;
      const trimmed = trimmedForm(pattern);
      const trimmedNumber = vocabulary.number(trimmed.pattern);
      const except = trimmed.except && vocabulary.number(trimmed.except);
      if (trimmedNumber !== undefined)
        append(this.trimmed, trimmedNumber, { rule, ...(except !== undefined && { except }) });
    }
  }

  /** Patterns that rules of this side match by. */
  public patternsOf(isMeant: (rule: Rule) => boolean): readonly number[] {
    return [this.full, this.trimmed].flatMap((map) =>
      [...map]
        .filter(([, matching]) => matching.some(({ rule }) => isMeant(this.rule(rule))))
        .map(([number]) => number),
    );
  }

  /** The rule that decides about the paths of a class, if any. */
  public winner(cut: Cut): Rule | undefined {
    const full = matchedBy(this.full, cut);
    if (!this.listing) return this.optional(full[0]);
    const trimmed = matchedBy(this.trimmed, cut);
    const exact = [full[0], trimmed[0]].find((rule) => rule !== undefined && rule < this.exactRules);
    if (exact !== undefined) return this.rule(exact);
    switch (servers[this.acl.server].listing) {
      case 'trimmed-first':
        return this.optional(trimmed[0] ?? full[0]);
      case 'full-first':
        return this.optional(full[0] ?? trimmed[0]);
      case 'pooled':
        return this.pooled(full, trimmed);
    }
  }

  /** What requests must satisfy that this side allows. @returns undefined if it allows none */
  public limits(winner: Rule | undefined, operation: Operation, path: string): Limits | undefined {
    if (operation === 'help' || this.acl.isRoot) return limitsOf({}, operation);
    if (winner === undefined || (winner.capabilities & neededBit[operation]) === 0) return undefined;
    if ((winner.capabilities & capabilityBit.sudo) === 0 && needsSudo(this.acl.server, path)) return undefined;
    const limits = limitsOf(winner, operation);
    return isImpossible(limits) ? undefined : limits;
  }

  /** Of all prefixes only the longest competes, also if a shorter one would decide about a LIST. */
  private pooled(full: readonly number[], trimmed: readonly number[]): Rule | undefined {
    const decides = capabilityBit.deny | capabilityBit.list;
    const competing = [full, trimmed].flatMap((rules) => {
      const longest = rules.find((rule) => this.rule(rule).kind === 'prefix');
      return rules.filter((rule) => rule === longest || this.rule(rule).kind !== 'prefix');
    });
    const deciding = competing.filter((rule) => (this.rule(rule).capabilities & decides) !== 0);
    return this.optional(lowest(deciding) ?? lowest(competing));
  }

  private rule(index: number): Rule {
    const rule = this.rules[index];
    if (rule === undefined) throw new RangeError(`There is no rule ${index}.`);
    return rule;
  }

  private optional(index: number | undefined): Rule | undefined {
    return index === undefined ? undefined : this.rule(index);
  }
}

const append = (map: Map<number, Matching[]>, number: number, matching: Matching): void => {
  const list = map.get(number);
  if (list === undefined) map.set(number, [matching]);
  else list.push(matching);
};

/** Rules that match, best rank first. */
const matchedBy = (map: ReadonlyMap<number, readonly Matching[]>, { matched }: Cut): readonly number[] =>
  matched
    .flatMap((number) => map.get(number) ?? [])
    .filter(({ except }) => except === undefined || !matched.includes(except))
    .map(({ rule }) => rule)
    .sort((a, b) => a - b);

const lowest = (numbers: readonly number[]): number | undefined =>
  numbers.length === 0 ? undefined : Math.min(...numbers);
