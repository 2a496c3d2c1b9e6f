/** JSON as `json-stable-stringify` writes it with two spaces: keys in order, what is undefined left out, no list on one line. */
export const stableJson = (value: unknown): string => text(value, '\n');

/** @param indent line break, and what the line of the closing bracket begins with */
function text(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown) => inner + (item === undefined ? 'null' : text(item, inner))).join(',')}${indent}]`;
  }
  let entries = '';
  for (const key of Object.keys(value).sort()) {
    const entry = (value as Record<string, unknown>)[key];
    if (entry === undefined) continue;
    entries += `${entries === '' ? '' : ','}${inner}${JSON.stringify(key)}: ${text(entry, inner)}`;
  }
  return `{${entries}${indent}}`;
}
