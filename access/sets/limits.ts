import type { Operation } from '../decide/request';
import { checksParameters, isListing } from '../decide/requirements';
import type { Rule, RuleConditions } from '../decide/rule';

type Values = ReadonlyMap<string, readonly unknown[]>;

/** What a rule demands of a request of one operation, besides the capability. */
export interface Limits {
  /** Equal limits have equal keys. Empty if there are none. */
  readonly key: string;
  /** Seconds; 0 is no limit. */
  readonly minWrappingTtlSeconds: number;
  /** Seconds; 0 is no limit. */
  readonly maxWrappingTtlSeconds: number;
  readonly required: readonly string[];
  readonly allowed: Values;
  readonly denied: Values;
  /** Entries; 0 is no limit. */
  readonly page: number;
}

export const noLimits: Limits = {
  key: '',
  minWrappingTtlSeconds: 0,
  maxWrappingTtlSeconds: 0,
  required: [],
  allowed: new Map(),
  denied: new Map(),
  page: 0,
};

const nothing: Values = new Map();

/** Limits of a rule that count for an operation. */
export const limitsOf = ({ conditions }: Pick<Rule, 'conditions'>, operation: Operation): Limits => {
  if (conditions === undefined) return noLimits;
  const { minWrappingTtlSeconds, maxWrappingTtlSeconds } = conditions;
  const page = isListing(operation) && conditions.paginationLimit > 0 ? conditions.paginationLimit : 0;
  const parts = {
    minWrappingTtlSeconds,
    maxWrappingTtlSeconds,
    ...(checksParameters(operation) ? parametersOf(conditions) : { required: [], allowed: nothing, denied: nothing }),
    ...(page > 0 && conditions.requiredParameters.includes('limit') && { required: ['limit'] }),
    page,
  };
  const limits = { ...parts, key: keyOf(parts) };
  return limits.key === emptyKey ? noLimits : limits;
};

const parametersOf = ({ allowedParameters, deniedParameters, requiredParameters }: RuleConditions) => ({
  required: [...new Set(requiredParameters)].sort(),
  allowed: allowsAny(allowedParameters) ? nothing : allowedParameters,
  // Next to `*`, no other denied parameter counts.
  denied: deniedParameters.has('*') ? new Map([['*', []]]) : deniedParameters,
});

const allowsAny = (allowed: Values): boolean => allowed.size === 1 && allowed.has('*');

const keyOf = (limits: Omit<Limits, 'key'>): string => {
  const { minWrappingTtlSeconds, maxWrappingTtlSeconds, required, allowed, denied, page } = limits;
  return JSON.stringify([
    minWrappingTtlSeconds,
    maxWrappingTtlSeconds,
    required,
    entriesOf(allowed),
    entriesOf(denied),
    page,
  ]);
};

const entriesOf = (values: Values): unknown[] =>
  [...values]
    .map(([name, list]): [string, string[]] => [name, [...new Set(list.map((value) => JSON.stringify(value)))].sort()])
    .sort(([a], [b]) => (a < b ? -1 : 1));

const emptyKey = keyOf(noLimits);

/** Whether no request satisfies the limits. What only the comparison of values would show is not taken into account. */
export const isImpossible = (limits: Limits): boolean => {
  const { minWrappingTtlSeconds: min, maxWrappingTtlSeconds: max, required, allowed, denied } = limits;
  if (min !== 0 && max !== 0 && max < min) return true;
  return required.some(
    (name) =>
      denied.has('*') ||
      denied.get(name)?.length === 0 ||
      (allowed.size > 0 && !allowed.has(name) && !allowed.has('*')),
  );
};

/** Whether every request that satisfies `a` satisfies `b`. False where that is not proven. */
export const implies = (a: Limits, b: Limits): boolean =>
  a.key === b.key ||
  (wrappingImplies(a, b) &&
    b.required.every((name) => a.required.includes(name)) &&
    [...b.denied].every(([name, values]) => isDeniedBy(a.denied, name, values)) &&
    allowedImplies(a.allowed, b.allowed) &&
    (b.page === 0 || (a.page > 0 && a.page <= b.page)));

const wrappingImplies = (a: Limits, b: Limits): boolean =>
  (b.minWrappingTtlSeconds <= 0 || a.minWrappingTtlSeconds >= b.minWrappingTtlSeconds) &&
  (b.maxWrappingTtlSeconds <= 0 || (a.maxWrappingTtlSeconds > 0 && a.maxWrappingTtlSeconds <= b.maxWrappingTtlSeconds));

const isDeniedBy = (denied: Values, name: string, values: readonly unknown[]): boolean => {
  if (denied.has('*')) return true;
  const others = denied.get(name);
  return others !== undefined && (others.length === 0 || (values.length > 0 && containsAll(others, values)));
};

const allowedImplies = (a: Values, b: Values): boolean => {
  if (b.size === 0) return true;
  if (a.size === 0) return false;
  if (a.has('*') && (!b.has('*') || [...b.keys()].some((name) => !a.has(name)))) return false;
  return [...a].every(([name, values]) => {
    if (name === '*') return true;
    const others = b.get(name);
    if (others === undefined) return b.has('*');
    return others.length === 0 || (values.length > 0 && containsAll(others, values));
  });
};

/** Values are compared as they are written, so that nothing depends on how a server compares them. */
const containsAll = (all: readonly unknown[], some: readonly unknown[]): boolean => {
  const known = new Set(all.map((value) => JSON.stringify(value)));
  return some.every((value) => known.has(JSON.stringify(value)));
};
