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

/** A duration of at most so many days. */
export function durationRule(maxDays: number): Rule {
  const allowed = `a duration such as 90s, 20m, 12h or 30d, at most ${maxDays}d`;
  return {
    allowed,
    pattern,
    fault: (text) => {
      const seconds = durationSeconds(text);
      if (seconds === undefined) {
        return { message: 'this is not a duration', mend: 'write a whole number and one of the units s, m, h, d' };
      }
      return seconds <= maxDays * 86_400
        ? undefined
        : { message: 'the duration is too long', mend: `write ${maxDays}d or less` };
    },
  };
}
