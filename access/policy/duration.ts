import { parseDecimal } from './number-text';
import type { ParameterValue } from './policy';

const nanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const second = 1_000_000_000n;
const day = 86_400n * second;
const limit = 2n ** 63n;

const inSeconds = (value: bigint): number | undefined =>
  value >= -limit && value < limit ? Number(value) / 1e9 : undefined;

/** A number with units, for example `1h30m` or `-1.5s`, in nanoseconds. */
const withUnits = (text: string): bigint | undefined => {
  const isNegative = text.startsWith('-');
  const unsigned = /^[+-]/.test(text) ? text.slice(1) : text;
  if (unsigned === '0') {
    return 0n;
  }
  let total = 0n;
  const part = /([0-9]*)(?:\.([0-9]*))?([a-zµμ]+)/y;
  while (part.lastIndex < unsigned.length) {
    const match = part.exec(unsigned);
    const unit = nanoseconds[match?.[3] ?? ''];
    const whole = match?.[1] ?? '';
    const fraction = match?.[2] ?? '';
    if (unit === undefined || (whole === '' && fraction === '')) {
      return undefined;
    }
    total += BigInt(whole === '' ? '0' : whole) * unit;
    total += BigInt(Math.trunc(Number(`0.${fraction}0`) * Number(unit)));
  }
  return unsigned === '' ? undefined : isNegative ? -total : total;
};

/**
 * Seconds of a lifetime as the servers read it: a number of seconds, a text with units such as `90s` and `1h30m`, or whole days such as `5d`.
 * Undefined if it is none, or longer than 292 years.
 */
export const parseDuration = (value: ParameterValue): number | undefined => {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? inSeconds(BigInt(Math.trunc(value)) * second) : undefined;
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  if (value === '') {
    return 0;
  }
  const days = value.endsWith('d') ? parseDecimal(value.slice(0, -1)) : undefined;
  const seconds = parseDecimal(value);
  const total = seconds !== undefined ? seconds * second : value.endsWith('d') ? days && days * day : withUnits(value);
  return total === undefined ? undefined : inSeconds(total);
};

/** Text of a lifetime in seconds that {@link parseDuration} reads back, for example `90` or `500000000ns`. */
export const printDuration = (seconds: number): string =>
  Number.isInteger(seconds) ? String(seconds) : `"${Math.round(seconds * 1e9)}ns"`;
