import { parseDuration } from '../policy/duration';
import type { TokenSettings } from './access-model';
import type { ApiObject } from './api-values';

const types = ['service', 'batch', 'default'] as const;

/** Seconds of a setting; 0 if it is absent, and undefined if it is no duration. */
const seconds = (value: unknown): number | undefined =>
  value === undefined || value === null
    ? 0
    : typeof value === 'number' || typeof value === 'string'
      ? parseDuration(value)
      : undefined;

/** How the tokens of a login live, from its object in the API. Undefined if a value is no duration. */
export function tokenSettings(data: ApiObject): TokenSettings | undefined {
  const ttlSeconds = seconds(data.token_ttl);
  const maxTtlSeconds = seconds(data.token_max_ttl);
  const periodSeconds = seconds(data.token_period);
  const explicitMaxTtlSeconds = seconds(data.token_explicit_max_ttl);
  if (ttlSeconds === undefined || maxTtlSeconds === undefined) return undefined;
  if (periodSeconds === undefined || explicitMaxTtlSeconds === undefined) return undefined;
  const type = types.find((one) => one === data.token_type) ?? 'default';
  return { type, ttlSeconds, maxTtlSeconds, periodSeconds, explicitMaxTtlSeconds };
}
