import type { Policy } from '../../../access/policy/policy';

/** A policy as text that is equal for equal policies, wherever their stanzas are written. */
export const withoutPositions = (policy: Policy): string =>
  JSON.stringify(policy, (key, value: unknown) => {
    if (key === 'position') {
      return undefined;
    }
    if (value instanceof Map) {
      return [...(value as Map<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1));
    }
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  });
