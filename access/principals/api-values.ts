/** An object of the server's API, or the arguments of a Terraform resource. */
export type ApiObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is ApiObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of texts; a text with commas is a list as well, as on the server. Empty for anything else. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(',').flatMap((text) => (text.trim() === '' ? [] : [text.trim()]));
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : [];
}

/** The texts of an object, by key. Empty for anything else. */
export function textMapOf(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
