import { showDuration } from '../language/duration';

/** The keys that an entry needs for what is asked for, as a file has them; those with their default are left out. */
export function keysOf(asked: object): Readonly<Record<string, unknown>> {
  const keys = Object.entries(asked).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'maxTtlSeconds') return [['maxTtl', showDuration(value as number)] as const];
    return isDefault(key, value) ? [] : [[key, value] as const];
  });
  return Object.fromEntries(keys);
}

function isDefault(key: string, value: unknown): boolean {
  if (value === undefined || value === false) return true;
  if (Array.isArray(value)) return value.length === 0 || (key === 'extensions' && value.join() === 'permit-pty');
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** A value as one writes it on one line of YAML. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, entry]) => `${inline(key)}: ${inline(entry)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' && !isPlain(value) ? JSON.stringify(value) : String(value);
}

/** Whether a text needs no quotes, also in brackets. */
const isPlain = (text: string): boolean =>
  /^(?:[a-z](?:[\w./:@-]*\w)?|\d+[smhd])$/i.test(text) && !/^(true|false|null|yes|no|on|off|y|n|~)$/i.test(text);
