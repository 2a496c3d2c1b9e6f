/** JSON as `json-stable-stringify` writes it with two spaces: keys in order, what is undefined left out, no list on one line. */
export function stableJson(value: unknown): string {
  const parts: string[] = [];
  write(value, '\n', parts);
  return parts.join('');
}

/** The same few keys come in every resource. */
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  const known = keyTexts.get(key) ?? `${JSON.stringify(key)}: `;
  keyTexts.set(key, known);
  return known;
}

/** @param indent line break, and what the line of the closing bracket begins with */
function write(value: unknown, indent: string, parts: string[]): void {
  if (typeof value !== 'object' || value === null) {
    parts.push(JSON.stringify(value));
    return;
  }
  const inner = `${indent}  `;
  let separator = inner;
  if (Array.isArray(value)) {
    parts.push('[');
    for (const item of value as unknown[]) {
      parts.push(separator);
      write(item === undefined ? null : item, inner, parts);
      separator = `,${inner}`;
    }
    parts.push(indent, ']');
    return;
  }
  parts.push('{');
  for (const key of Object.keys(value).sort()) {
    const entry = (value as Record<string, unknown>)[key];
    if (entry === undefined) continue;
    parts.push(separator, keyText(key));
    write(entry, inner, parts);
    separator = `,${inner}`;
  }
  parts.push(indent, '}');
}
