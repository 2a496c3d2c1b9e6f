import { z } from 'zod';

import { nameRule, type NameKind } from './rules/name';
import { inYaml, shorten } from './show';
import { advised, isMap, optional, refuse, text } from './values';

/**
 * A list without duplicates.
 *
 * @param identity what makes two entries the same. @default - themselves: texts, which editors compare as well
 */
export function list<Item extends z.ZodType>(
  item: Item,
  allowed: string,
  identity?: (entry: z.output<Item>) => string,
): z.ZodArray<Item> {
  const error = advised(allowed, (given) => (given === undefined ? undefined : inList(given, item)));
  const entries = z.array(item, { error }).superRefine((given, context) => {
    const seen = new Map<string, number>();
    given.forEach((entry, index) => {
      const id = identity?.(entry) ?? String(entry);
      const first = seen.get(id);
      if (first === undefined) seen.set(id, index);
      else {
        const fault = { message: `this repeats entry ${first + 1} (${shorten(id)})`, fix: 'remove one of the two' };
        refuse(context, [index], 'each entry once', fault);
      }
    });
  });
  return identity === undefined ? entries.meta({ uniqueItems: true }) : entries;
}

/** How to write what is no list as one: a single entry, several in one text. */
function inList(given: unknown, item: z.ZodType): string | undefined {
  const accepts = (value: unknown): boolean => item.safeParse(value).success;
  if (isMap(given)) {
    const isEntry = item.safeParse(given).error?.issues.every(({ path, code }) => path.length > 0 || code === 'custom');
    return isEntry === false
      ? 'write a list, in which each entry begins with `- `'
      : 'write `- ` before the first key, and indent the others like it';
  }
  if (typeof given !== 'string' || given === '') return accepts(given) ? `write \`[${inYaml(given)}]\`` : undefined;
  if (given === 'all' || given === '*') return 'list each of them: no word stands for all';
  if (/^-\w/.test(given)) return `write a space behind the dash: \`- ${given.slice(1)}\``;
  const several = given.split(',').map((word) => word.trim());
  if (several.every((word) => /^[\w./-]+$/.test(word) && accepts(word)))
    return `write \`[${several.map(inYaml).join(', ')}]\``;
  return accepts(given) ? `write \`[${inYaml(given)}]\`` : undefined;
}

/** A list that is not empty. */
export const filledList = <Item extends z.ZodType>(
  ...[item, allowed, identity]: Parameters<typeof list<Item>>
): z.ZodArray<Item> => list(item, allowed, identity).min(1, { error: `${allowed}, at least one` });

/** A list that may be left out and is then empty; one that is written has entries, so editors do not offer `[]`. */
export const orNone = <Item extends z.ZodType>(
  entries: z.ZodArray<Item>,
): z.ZodPipe<z.ZodOptional<z.ZodArray<Item>>, z.ZodTransform<z.output<Item>[], z.output<Item>[] | undefined>> =>
  entries.optional().transform((given) => given ?? []);

/** A map from names, which a file gives, to what they name. */
export const namedMap = <Item extends z.ZodType>(
  kind: NameKind,
  item: Item,
  allowed: string,
): z.ZodRecord<z.ZodString, Item> => z.record(text(nameRule(kind)), item, { error: allowed });

/** The same, empty where a file does not have it. */
export const mapOrNone = <Item extends z.ZodType>(
  kind: NameKind,
  item: Item,
  allowed: string,
): z.ZodPrefault<z.ZodRecord<z.ZodString, Item>> => optional(namedMap(kind, item, allowed), {});
