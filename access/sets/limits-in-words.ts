import type { Limits } from './limits';

const notProven = 'not proven, because servers compare values differently';

/** Limits for people, one sentence without a verb each: `only wrapped, for at most 60 s`. */
export const limitsInWords = (limits: Limits): string[] => [
  ...wrapping(limits),
  ...(limits.required.length > 0 ? [`only with the ${parameters(limits.required)}`] : []),
  ...denied(limits),
  ...allowed(limits),
  ...(limits.page > 0 ? [`only pages of at most ${limits.page} entries, or without the parameter limit`] : []),
];

const wrapping = ({ minWrappingTtlSeconds: min, maxWrappingTtlSeconds: max }: Limits): string[] => {
  if (min > 0 && max > 0) return [`only wrapped, for ${min} to ${max} s`];
  if (max > 0) return [`only wrapped, for at most ${max} s`];
  return min > 0 ? [`only wrapped, for at least ${min} s`] : [];
};

const denied = (limits: Limits): string[] => {
  if (limits.denied.has('*')) return ['without any parameter'];
  const always = [...limits.denied].filter(([, values]) => values.length === 0).map(([name]) => name);
  const byValue = [...limits.denied].filter(([, values]) => values.length > 0);
  return [
    ...(always.length > 0 ? [`without the ${parameters(always)}`] : []),
    ...byValue.map(([name, values]) => `not with ${name} = ${oneOf(values)} (${notProven})`),
  ];
};

const allowed = (limits: Limits): string[] => {
  if (limits.allowed.size === 0) return [];
  const names = [...limits.allowed.keys()];
  const byValue = [...limits.allowed].filter(([name, values]) => name !== '*' && values.length > 0);
  return [
    ...(limits.allowed.has('*') ? [] : [`with no other parameters than ${names.sort().join(', ')}`]),
    ...byValue.map(([name, values]) => `${name} only = ${oneOf(values)} (${notProven})`),
  ];
};

const parameters = (names: readonly string[]): string =>
  `${names.length === 1 ? 'parameter' : 'parameters'} ${[...names].sort().join(', ')}`;

const oneOf = (values: readonly unknown[]): string =>
  [...new Set(values.map((value) => JSON.stringify(value)))].sort().join(' or ');
