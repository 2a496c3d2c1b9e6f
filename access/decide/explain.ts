import type { Capability } from '../policy/policy';
import { servers, type Server } from '../servers';
import { capabilitiesOf, capabilityBit } from './capability';
import { conditionProblem } from './conditions';
import { matches } from './match';
import type { MergedRule } from './merge-stanzas';
import { compareRanks, type Rank } from './outranks';
import type { AccessRequest, Decision, Operation, StanzaReference } from './request';
import { isListing, neededBit, neededCapability } from './requirements';
import type { RuleIndex } from './rule-index';
import { needsSudo } from './sudo-paths';

interface Explained {
  readonly index: RuleIndex;
  readonly server: Server;
  /** Rule that decides. */
  readonly rule: MergedRule;
  readonly operation: Operation;
  readonly path: string;
  readonly request: AccessRequest;
}

/** Decision by a rule that matches, with its reason. */
export const explain = (explained: Explained): Decision => {
  const { server, rule, operation, path, request } = explained;
  const { deny, sudo } = capabilityBit;
  const needed = neededCapability[operation] ?? operation;
  const deciding = (bit: number): StanzaReference => {
    const index = rule.contributed.findIndex((mask) => (mask & bit) !== 0);
    return rule.from[Math.max(index, 0)]!;
  };
  const verdict = (allowed: boolean, bit: number, text: string): Decision => {
    const by = deciding(bit);
    const others = whyItWins(explained);
    return { allowed, by, reason: `${describe(by)} ${text}${others === undefined ? '' : `; ${others}`}.` };
  };
  if (rule.capabilities & deny) return verdict(false, deny, `denies ${path}`);
  if ((rule.capabilities & neededBit[operation]) === 0) {
    return verdict(false, 0, `matches ${path}, but ${grants(rule.capabilities)}, not ${needed}`);
  }
  const problem =
    rule.conditions === undefined ? undefined : conditionProblem(rule.conditions, operation, request, server);
  if (problem !== undefined) return verdict(false, neededBit[operation], `grants ${needed} on ${path}, but ${problem}`);
  if ((rule.capabilities & sudo) === 0 && needsSudo(server, path)) {
    return verdict(false, neededBit[operation], `grants ${needed} on ${path}, but this path also needs sudo`);
  }
  return verdict(true, neededBit[operation], `grants ${needed} on ${path}`);
};

const describe = ({ policy, path, position }: StanzaReference): string =>
  `Path "${path}" (policy ${policy}, line ${position.line})`;

const grants = (mask: number): string => {
  const names: Capability[] = capabilitiesOf(mask);
  return names.length === 0 ? 'grants nothing' : `grants only ${names.join(', ')}`;
};

/** Why the rule wins over the best of the others, if there are any. */
const whyItWins = (explained: Explained): string | undefined => {
  const { index, rule, operation, path } = explained;
  if (isListing(operation) && path.endsWith('/') && rule.kind !== 'exact') return whyItWinsList(explained);
  const other = index.bestWildcard(path, rule);
  return other && comparison(rule, other);
};

/** A LIST of `p/` is decided by rules for `p/` and for `p`. */
const whyItWinsList = ({ index, server, rule, path }: Explained): string | undefined => {
  const forms = [path, path.slice(0, -1)] as const;
  const { listing } = servers[server];
  if (listing === 'pooled') {
    const others = forms.map((form) => index.bestWildcard(form, rule)).filter((other) => other !== undefined);
    const [next] = others.sort((a, b) => compareRanks(b.rank, a.rank).difference);
    if (next === undefined || compareRanks(next.rank, rule.rank).difference < 0) return next && comparison(rule, next);
    return `it decides although ${name(next)} outranks it, which neither grants nor denies list`;
  }
  const [first, second] = listing === 'full-first' ? forms : [forms[1], forms[0]];
  const isOfFirst = matches(rule, first);
  const other = index.bestWildcard(isOfFirst ? first : second, rule);
  const ofOtherForm = isOfFirst ? index.bestWildcard(second, rule) : undefined;
  if (ofOtherForm && (other === undefined || compareRanks(ofOtherForm.rank, rule.rank).difference > 0)) {
    const form = listing === 'full-first' ? 'with' : 'without';
    return `this server looks for the path ${form} its final slash first, so ${name(ofOtherForm)} does not count`;
  }
  return other && comparison(rule, other);
};

const criteria: Readonly<Record<keyof Rank, string>> = {
  isExact: 'an exact pattern wins over wildcards',
  firstWildcard: 'its first wildcard comes later',
  isOpen: 'it does not end in *',
  wildcards: 'it has fewer + segments',
  length: 'it is longer',
  text: 'it is the later one in the order of bytes',
};

const comparison = (winner: MergedRule, other: MergedRule): string =>
  `it wins over ${name(other)} because ${criteria[compareRanks(winner.rank, other.rank).by]}`;

const name = ({ from }: MergedRule): string => {
  const { path, policy, position } = from[0]!;
  return `path "${path}" (policy ${policy}, line ${position.line})`;
};
