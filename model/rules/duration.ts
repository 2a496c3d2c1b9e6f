import type { Rule } from './rule';

const pattern = /^([1-9][0-9]{0,8})([smhd])$/;
const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Seconds of a duration such as `20m`; undefined when it is none.
 * Units are s, m, h and d (24 hours).
 */
export function durationSeconds(text: string): number | undefined {
  const [, count, unit] = pattern.exec(text) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * (unitSeconds[unit] ?? NaN);
}

/** A duration in the longest unit that says it whole: 5400 is `90m`. */
export function showDuration(seconds: number): string {
  const [unit, length] = Object.entries(unitSeconds).findLast(([, size]) => seconds % size === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}

/**
 * A duration of at most so many days.
 *
 * @param shortest for example `1h`; without it any duration is long enough
 */
export function durationRule(maxDays: number, shortest?: string): Rule {
  const least = shortest === undefined ? 0 : (durationSeconds(shortest) ?? 0);
  const allowed = `a duration such as 90s, 20m, 12h or 30d, ${least > 0 ? `at least ${shortest} and ` : ''}at most ${maxDays}d`;
  return {
    allowed,
    pattern,
    fault: (text) => {
      const seconds = durationSeconds(text);
      if (seconds === undefined) {
        return { message: 'this is not a duration', fix: 'write a whole number and one of the units s, m, h, d' };
      }
      if (seconds < least) return { message: 'the duration is too short', fix: `write ${shortest} or more` };
      return seconds <= maxDays * 86_400
        ? undefined
        : { message: 'the duration is too long', fix: `write ${maxDays}d or less` };
    },
  };
}
