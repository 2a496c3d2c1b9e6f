import type { Server } from '../servers';
import { parameterProblem } from './parameters';
import type { AccessRequest, Operation } from './request';
import { checksParameters, isListing } from './requirements';
import type { RuleConditions } from './rule';

/** Why a request does not satisfy what a rule demands besides the capability. @returns undefined if it does */
export const conditionProblem = (
  conditions: RuleConditions,
  operation: Operation,
  request: AccessRequest,
  server: Server,
): string | undefined => {
  const wrapping = wrappingProblem(conditions, request.wrapTtlSeconds ?? undefined);
  if (wrapping !== undefined) return wrapping;
  if (checksParameters(operation)) {
    return parameterProblem({ server, operation, conditions, parameters: request.parameters });
  }
  return isListing(operation) && conditions.paginationLimit > 0 ? pageProblem(conditions, request) : undefined;
};

const wrappingProblem = (conditions: RuleConditions, ttl: number | undefined): string | undefined => {
  const { minWrappingTtlSeconds: min, maxWrappingTtlSeconds: max } = conditions;
  if (max > 0 && (ttl === undefined || ttl > max)) return `the response must be wrapped for at most ${max} s`;
  if (min > 0 && (ttl === undefined || ttl < min)) return `the response must be wrapped for at least ${min} s`;
  if (min !== 0 && max !== 0 && max < min) {
    return `the stanzas together demand wrapping for at least ${min} s and at most ${max} s`;
  }
  return undefined;
};

/** OpenBao: a page is at most as long as the limit, `max`, or left out unless `limit` is required. */
const pageProblem = (
  { paginationLimit, requiredParameters }: RuleConditions,
  { parameters }: AccessRequest,
): string | undefined => {
  const given = parameters ?? {};
  if (!Object.hasOwn(given, 'limit')) {
    return requiredParameters.includes('limit') ? 'the parameter limit is required' : undefined;
  }
  const limit = given.limit;
  if (limit === 'max' || limit === '') return undefined;
  const text = typeof limit === 'number' ? String(limit) : limit;
  const page = typeof text === 'string' && /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return page >= 0 && page <= paginationLimit ? undefined : `the parameter limit must be from 0 to ${paginationLimit}`;
};
