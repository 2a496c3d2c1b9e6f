import { parseDecimal } from './number-text';

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

const daysIn = (year: number, month: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
};

/** Milliseconds since 1970 of an RFC 3339 time or of seconds since 1970. Undefined if the text is neither. */
export const parseAbsoluteTime = (text: string): number | undefined => {
  const match = pattern.exec(text);
  if (match === null) {
    const seconds = parseDecimal(text);
    return seconds === undefined ? undefined : Number(seconds) * 1000;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [zoneHour = 0, zoneMinute = 0] = match.slice(9, 11).map((digits) => Number(digits ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) {
    return undefined;
  }
  if (zoneHour > 24 || zoneMinute > 60) {
    return undefined;
  }
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, Math.floor(Number(`0.${match[7] ?? 0}`) * 1000));
  const zone = (zoneHour * 60 + zoneMinute) * 60_000;
  return date.getTime() - (match[8] === '-' ? -zone : zone);
};

/** Text of a time that {@link parseAbsoluteTime} reads back. */
export const printAbsoluteTime = (milliseconds: number): string => {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999 ? date.toISOString() : String(Math.trunc(milliseconds / 1000));
};
