import { lowerCase } from '../lower-case';
import type { ParameterValue } from '../policy/policy';
import type { Server } from '../servers';
import type { AccessRequest, Operation } from './request';
import type { RuleConditions } from './rule';

type Parameters = NonNullable<AccessRequest['parameters']>;

/** How a request compares with the parameters that a rule allows, denies and requires. */
export interface ParameterCheck {
  readonly server: Server;
  readonly operation: Operation;
  readonly conditions: RuleConditions;
  readonly parameters: Parameters | null | undefined;
}

/** Why parameters are not accepted. @returns undefined if they are */
export const parameterProblem = ({ server, operation, conditions, parameters }: ParameterCheck): string | undefined => {
  const { allowedParameters, deniedParameters, requiredParameters } = conditions;
  const given = parameters ?? {};
  const missing = requiredParameters.find((parameter) => !Object.hasOwn(given, parameter));
  if (missing !== undefined) return `the parameter ${missing} is required`;
  const names = Object.keys(given);
  if (names.length === 0) return undefined;
  if (deniedParameters.has('*')) return 'all parameters are denied';
  const comparison = { server, isQuery: operation === 'read' };
  for (const name of deniedParameters.size === 0 ? [] : names) {
    const values = deniedParameters.get(lowerCase(name));
    if (values === undefined) continue;
    if (values.length === 0) return `the parameter ${name} is denied`;
    if (isOneOf(given[name] ?? null, values, { ...comparison, name, every: false })) {
      return `the value of the parameter ${name} is denied`;
    }
  }
  const allowsOthers = allowedParameters.has('*');
  if (allowedParameters.size === 0 || (allowedParameters.size === 1 && allowsOthers)) return undefined;
  for (const name of names) {
    const values = allowedParameters.get(lowerCase(name));
    if (values === undefined) {
      if (!allowsOthers) return `the parameter ${name} is not among the allowed ones`;
    } else if (values.length > 0 && !isOneOf(given[name] ?? null, values, { ...comparison, name, every: true })) {
      return `the value of the parameter ${name} is not among the allowed ones`;
    }
  }
  return undefined;
};

interface Comparison {
  readonly server: Server;
  /** Name of the parameter. */
  readonly name: string;
  /** Whether the parameters are a query, in which a list is a repeated parameter. */
  readonly isQuery: boolean;
  /** Whether all elements of a list must be found, or one. */
  readonly every: boolean;
}

/** Whether a value is in a list. Vault also looks for the elements of a list, and of a text with commas. */
const isOneOf = (value: ParameterValue, values: readonly unknown[], comparison: Comparison): boolean => {
  const { server, name, isQuery, every } = comparison;
  const namesPolicies = server === 'vault-2' && policyParameters.has(lowerCase(name));
  if (isQuery && !namesPolicies && Array.isArray(value)) return false;
  const isListed = (one: ParameterValue): boolean => {
    const compared = namesPolicies && typeof one === 'string' ? lowerCase(one) : one;
    return values.some((expected) => isEqual(expected, compared));
  };
  if (isListed(value)) return true;
  const elements = server === 'openbao-2.7' ? undefined : elementsOf(value);
  if (elements === undefined) return false;
  return every ? elements.every(isListed) : elements.some(isListed);
};

/** Parameters of which Vault 2 compares the values in lower case. */
const policyParameters: ReadonlySet<string> = new Set(['policies', 'token_policies']);

const elementsOf = (value: ParameterValue): readonly ParameterValue[] | undefined => {
  if (typeof value === 'string') return commaSeparated(value);
  return Array.isArray(value) ? (value as readonly ParameterValue[]) : undefined;
};

const commaSeparated = (text: string): string[] => (text === '' ? [] : text.split(',').map((one) => one.trim()));

/** Texts match with a `*` at either end; numbers never, because the servers compare two types of them. */
const isEqual = (expected: unknown, value: ParameterValue): boolean => {
  if (typeof expected === 'string') return typeof value === 'string' && globMatches(expected, value);
  if (expected === null || typeof expected === 'boolean') return expected === value;
  return Array.isArray(expected) && Array.isArray(value) && areSame(expected, value);
};

/** Elements of lists are compared without wildcards. */
const areSame = (expected: unknown, value: unknown): boolean => {
  if (!Array.isArray(expected) || !Array.isArray(value)) return typeof expected !== 'number' && expected === value;
  return expected.length === value.length && expected.every((one, index) => areSame(one, value[index]));
};

const globMatches = (pattern: string, value: string): boolean => {
  if (pattern.length < 2) return pattern === value;
  const opens = pattern.startsWith('*');
  const closes = pattern.endsWith('*');
  if (opens && closes) return value.includes(pattern.slice(1, -1));
  if (opens) return value.endsWith(pattern.slice(1));
  if (closes) return value.startsWith(pattern.slice(0, -1));
  return pattern === value;
};
