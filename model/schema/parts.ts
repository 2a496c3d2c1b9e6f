import { z } from 'zod';

import type { Rule } from '../rules/rule';
import { shorten } from '../rules/show';

/**
 * Building blocks of the schemas. One convention holds throughout: the message of an issue says what is allowed, and
 * what was wrong and how to mend it stand in `params` where a rule knows it (model/source/issues.ts reads both).
 */

/** A map whose keys are all known. */
export function map<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? keys : `a map with the keys ${keys}`),
  });
}

/** A text that obeys a rule. */
export function text(rule: Rule): z.ZodString {
  return z
    .string({ error: rule.allowed })
    .superRefine((value, context) => {
      const fault = rule.fault(value);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: rule.allowed, params: { ...fault } });
    })
    .meta({ pattern: rule.pattern.source });
}

/** A name that stands for something described elsewhere; whether that exists is checked once everything is read. */
export const reference = (allowed: string): z.ZodString => z.string({ error: allowed }).min(1, { error: allowed });

/** A list without duplicates. `identity` says what makes two entries the same. */
export function list<Item extends z.ZodType>(
  item: Item,
  allowed: string,
  identity: (entry: z.output<Item>) => string,
): z.ZodArray<Item> {
  return z.array(item, { error: allowed }).superRefine((entries, context) => {
    const seen = new Map<string, number>();
    entries.forEach((entry, index) => {
      const id = identity(entry);
      const first = seen.get(id);
      if (first === undefined) seen.set(id, index);
      else {
        const params = { message: `this repeats entry ${first + 1} (${shorten(id)})`, mend: 'remove one of the two' };
        context.addIssue({ code: 'custom', path: [index], message: 'each entry once', params });
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

/** The entry itself, for lists of texts. */
export const itself = (entry: string): string => entry;
