/** JSON in the format of `json-stable-stringify` with two spaces: sorted keys, no undefined values, one list item per line. */
export const stableJson = (value: unknown): string => text(value, '\n');

/** Cache: resources have the same few keys. */
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  let known = keyTexts.get(key);
  if (known === undefined) keyTexts.set(key, (known = `${JSON.stringify(key)}: `));
  return known;
}

/** @param indent line break and indentation of the closing bracket */
function text(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const next = `,${inner}`;
  let entries = '';
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      entries += (entries === '' ? inner : next) + (item === undefined ? 'null' : text(item, inner));
    }
    return `[${entries}${indent}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const entry = (value as Record<string, unknown>)[key];
    if (entry !== undefined) entries += (entries === '' ? inner : next) + keyText(key) + text(entry, inner);
  }
  return `{${entries}${indent}}`;
}
