import type { Listing } from '../servers';
import { capabilityBit } from './capability';
import { segmentsMatch, segmentsOf } from './match';
import type { MergedRule } from './merge-stanzas';
import { compareRanks } from './outranks';
import type { Operation } from './request';
import { isListing } from './requirements';

/** A rule that is not exact, prepared for matching. */
interface WildcardRule {
  readonly rule: MergedRule;
  /** Absent for a prefix, which matches wherever the text before its first wildcard does. */
  readonly segments?: readonly string[];
}

const bestFirst = (a: WildcardRule, b: WildcardRule): number => compareRanks(b.rule.rank, a.rule.rank).difference;

/** Finds the rule that decides a path. */
export class RuleIndex {
  private readonly exact = new Map<string, MergedRule>();
  /** Rules by the text before their first wildcard, best rank first. */
  private readonly wildcards = new Map<string, WildcardRule[]>();
  /** Lengths of these texts, longest first: a rule whose first wildcard comes later wins. */
  private readonly lengths: readonly number[];

  constructor(
    rules: readonly MergedRule[],
    private readonly listing: Listing,
  ) {
    for (const rule of rules) {
      if (rule.kind === 'exact') {
        this.exact.set(rule.text, rule);
        continue;
      }
      const isPrefix = rule.kind === 'prefix';
      const literal = isPrefix ? rule.text : rule.text.slice(0, rule.text.indexOf('+'));
      const wildcard = { rule, ...(!isPrefix && { segments: segmentsOf(rule.text) }) };
      const others = this.wildcards.get(literal);
      if (others === undefined) this.wildcards.set(literal, [wildcard]);
      else others.push(wildcard);
    }
    for (const same of this.wildcards.values()) same.sort(bestFirst);
    this.lengths = [...new Set([...this.wildcards.keys()].map((literal) => literal.length))].sort((a, b) => b - a);
  }

  /** Rule that decides, if any. @param path as the server compares it, with its trailing slash for a LIST or a SCAN */
  public winner(operation: Operation, path: string): MergedRule | undefined {
    const exact = this.exact.get(path);
    if (exact !== undefined) return exact;
    if (!isListing(operation)) return this.bestWildcard(path);
    const trimmed = path.slice(0, -1);
    const trimmedExact = this.exact.get(trimmed);
    if (trimmedExact !== undefined) return trimmedExact;
    switch (this.listing) {
      case 'trimmed-first':
        return this.bestWildcard(trimmed) ?? this.bestWildcard(path);
      case 'full-first':
        return this.bestWildcard(path) ?? this.bestWildcard(trimmed);
      case 'pooled':
        return this.pooledWinner(path, trimmed);
    }
  }

  /** The best rule with a wildcard that matches a path. @param except a rule that does not count */
  public bestWildcard(path: string, except?: MergedRule): MergedRule | undefined {
    for (const length of this.lengths) {
      if (length > path.length) continue;
      const rules = this.wildcards.get(path.slice(0, length));
      if (rules === undefined) continue;
      for (const wildcard of rules) if (wildcard.rule !== except && isMatch(wildcard, path)) return wildcard.rule;
    }
    return undefined;
  }

  /** Of all prefixes, only the longest one competes. */
  private competingWildcards(path: string): WildcardRule[] {
    const all = this.lengths
      .filter((length) => length <= path.length)
      .flatMap((length) => this.wildcards.get(path.slice(0, length)) ?? [])
      .filter((wildcard) => isMatch(wildcard, path));
    const longestPrefix = all.find(({ segments }) => segments === undefined);
    return all.filter((candidate) => candidate.segments !== undefined || candidate === longestPrefix);
  }

  /** The best rule for either form that denies or grants LIST; if none does, the best of all. */
  private pooledWinner(path: string, trimmed: string): MergedRule | undefined {
    const pool = [...this.competingWildcards(path), ...this.competingWildcards(trimmed)].sort(bestFirst);
    const decides = capabilityBit.deny | capabilityBit.list;
    return (pool.find(({ rule }) => (rule.capabilities & decides) !== 0) ?? pool[0])?.rule;
  }
}

/** Whether a rule matches a path that begins with the text before its first wildcard. */
const isMatch = ({ rule, segments }: WildcardRule, path: string): boolean =>
  segments === undefined || segmentsMatch(segments, rule.rank.isOpen, path);
