import { z } from 'zod';

import { nameRule, type NameKind } from './rules/name';
import { shorten } from './show';
import { optional, refuse, text } from './values';

/** A list without duplicates. `identity` says what makes two entries the same. */
export function list<Item extends z.ZodType>(
  item: Item,
  allowed: string,
  identity: (entry: z.output<Item>) => string,
): z.ZodArray<Item> {
  return z.array(item, { error: allowed }).superRefine((entries, context) => {
    if (entries.length < 2) return;
    const seen = new Map<string, number>();
    entries.forEach((entry, index) => {
      const id = identity(entry);
      const first = seen.get(id);
      if (first === undefined) seen.set(id, index);
      else {
        const fault = { message: `this repeats entry ${first + 1} (${shorten(id)})`, fix: 'remove one of the two' };
        refuse(context, [index], 'each entry once', fault);
      }
    });
  });
}

/** A list that is not empty. */
export function filledList<Item extends z.ZodType>(
  item: Item,
  allowed: string,
  identity: (entry: z.output<Item>) => string,
): z.ZodArray<Item> {
  return list(item, allowed, identity).min(1, { error: `${allowed}, at least one` });
}

/** A list of different texts that is not empty. */
export const texts = (item: z.ZodString, allowed: string): z.ZodArray<z.ZodString> =>
  filledList(item, allowed, itself).meta({ uniqueItems: true });

/** The entry itself, for lists of words. */
export const itself = (entry: string): string => entry;

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
