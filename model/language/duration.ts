import type { z } from 'zod';

import type { Fault, Rule } from './rule';
import { refuse, text, type CheckContext } from './values';

const pattern = /^([1-9][0-9]{0,8})([smhd])$/;
const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Text such as `20m` in a file, seconds everywhere else. */
export interface DurationSchema extends z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> {
  /** Only the type tells it from another number; `isDuration` tells at run time. */
  readonly unit: 's';
}

/**
 * A duration. In a map its key gets the unit behind it: `ttl` comes out as `ttlSeconds`.
 *
 * @param maxDays the longest that is accepted
 * @param shortest for example `1h`; without it any duration is long enough
 */
export const duration = (maxDays: number, shortest?: string): DurationSchema =>
  text(durationRule(maxDays, shortest)).transform(toSeconds) as z.ZodType as DurationSchema;

/** Whether a schema, optional or not, is one of {@link duration}. */
export function isDuration(schema: z.core.$ZodType): boolean {
  const { def } = schema._zod as unknown as { def: { innerType?: z.core.$ZodType; out?: z.core.$ZodType } };
  if (def.innerType !== undefined) return isDuration(def.innerType);
  return (def.out?._zod.def as { transform?: unknown } | undefined)?.transform === toSeconds;
}

function toSeconds(text: string): number {
  return durationSeconds(text) ?? NaN;
}

/**
 * Seconds of a duration such as `20m`; undefined when it is none.
 * Units are s, m, h and d (24 hours).
 */
export function durationSeconds(text: string): number | undefined {
  const [, count, unit] = pattern.exec(text) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * (unitSeconds[unit] ?? NaN);
}

/** A duration in the longest unit that expresses it exactly: 5400 is `90m`. */
export function showDuration(seconds: number): string {
  const [unit, length] = Object.entries(unitSeconds).findLast(([, size]) => seconds % size === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}

function durationRule(maxDays: number, shortest?: string): Rule {
  const least = shortest === undefined ? 0 : (durationSeconds(shortest) ?? 0);
  const allowed = `a duration such as 90s, 20m, 12h or 30d, ${least > 0 ? `at least ${shortest} and ` : ''}at most ${maxDays}d`;
  return {
    allowed,
    pattern,
    fault: (text) => {
      const seconds = durationSeconds(text);
      if (/^0+[smhd]?$/.test(text))
        return { message: 'the duration is zero', fix: `write ${shortest ?? '1s'} or more` };
      if (seconds === undefined) {
        const meant = meantSeconds(text);
        const isMeant = meant !== undefined && meant >= least && meant <= maxDays * 86_400;
        const literal = /^\d+$/.test(text) ? `${text}s` : showDuration(meant ?? 0);
        const fix = isMeant ? `write \`${literal}\`` : 'write a whole number and one of the units s, m, h, d';
        return { message: 'this is not a duration', fix };
      }
      if (seconds < least) return { message: 'the duration is too short', fix: `write ${shortest} or more` };
      return seconds <= maxDays * 86_400
        ? undefined
        : { message: 'the duration is too long', fix: `write ${maxDays}d or less` };
    },
  };
}

/** A number and a unit as other programs and people write them. */
const part = /(\d+(?:\.\d+)?)\s*(ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|years?|[smhdwy]|$)/gi;

const otherUnits: Readonly<Record<string, number>> = { ms: 0.001, w: 7 * 86_400, y: 365 * 86_400 };

/** Seconds of a duration such as `600`, `1h30m`, `1.5h`, `10 min` or `1w`, at least one; undefined when it is none. */
function meantSeconds(text: string): number | undefined {
  if (text.replace(part, '').trim() !== '') return undefined;
  const seconds = [...text.matchAll(part)].reduce((sum, [, count, name = '']) => {
    const unit = name.toLowerCase() === 'ms' ? 'ms' : name.charAt(0).toLowerCase();
    return sum + Number(count) * (unit === '' ? 1 : (unitSeconds[unit] ?? otherUnits[unit] ?? NaN));
  }, 0);
  return seconds > 0 ? Math.ceil(seconds) : undefined;
}

/** What is wrong with a TTL that is longer than its maximum. @param ttlName and `maxName` are the names in the message */
export const ttlFault = (ttl: number, max: number, ttlName: string, maxName: string): Fault | undefined =>
  ttl <= max
    ? undefined
    : { message: `${ttlName} is longer than ${maxName}`, fix: `shorten ${ttlName} or lengthen ${maxName}` };

/** Checks of a map with a TTL and its maximum. */
export const checkTtls =
  (ttlKey: string, maxKey: string) =>
  (value: object, context: CheckContext): void => {
    const { [ttlKey]: ttl, [maxKey]: max } = value as Readonly<Record<string, unknown>>;
    if (typeof ttl !== 'number' || typeof max !== 'number') return;
    const fault = ttlFault(ttl, max, ttlKey, maxKey);
    if (fault !== undefined) refuse(context, [ttlKey], `${ttlKey} up to ${maxKey}`, fault);
  };
