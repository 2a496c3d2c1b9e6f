import { z } from 'zod';

import { nameRule } from '../rules/name';
import type { NameKind } from '../rules/name';
import type { Fault, Rule } from '../rules/rule';
import { shorten } from '../rules/show';

/**
 * Building blocks of the schemas. One convention holds throughout: the message of an issue says what is allowed, and
 * what was wrong and how to fix it stand in `params` where a rule knows it (model/source/issues.ts reads both).
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
      if (fault !== undefined) context.addIssue({ ...custom(fault), message: rule.allowed });
    })
    .meta({ pattern: rule.pattern.source });
}

/** A whole number. */
export function wholeNumber(least: number, most: number): z.ZodInt {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** Yes or no. */
export const flag = (): z.ZodBoolean => z.boolean({ error: 'true or false' });

/** One of some words. */
export function word<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodEnum<Record<Words[number], Words[number]>> {
  return z.enum(words as readonly string[], { error: listOr(words) }) as never;
}

/** `a, b or c` */
export const listOr = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' or $1');

/** A map from names, which a file gives, to what they name. */
export function namedMap<Item extends z.ZodType>(
  kind: NameKind,
  item: Item,
  allowed: string,
): z.ZodRecord<z.ZodString, Item> {
  return z.record(text(nameRule(kind)), item, { error: allowed });
}

/**
 * One of several shapes. A problem is said about the shape that was meant, not about all of them.
 *
 * @param choose the shape that a value was meant to have; reports when it cannot say
 */
export function choice<const Shapes extends readonly [z.ZodType, ...z.ZodType[]]>(
  shapes: Shapes,
  choose: (value: unknown, report: (allowed: string, fault?: Fault) => undefined) => z.ZodType | undefined,
): z.ZodPreprocess<z.ZodUnion<Shapes>> {
  const check = (value: unknown, context: z.RefinementCtx): unknown => {
    const shape = choose(value, (message, fault) => {
      const issue = fault === undefined ? ({ code: 'invalid_type', expected: 'record' } as const) : custom(fault);
      context.addIssue({ ...issue, message, input: value });
      return undefined;
    });
    for (const { path, ...issue } of shape?.safeParse(value).error?.issues ?? []) {
      context.issues.push({ ...issue, path: [...path], input: value } as z.core.$ZodRawIssue);
    }
    return value;
  };
  return z.preprocess(check, z.union(shapes));
}

/** Maps of several shapes, each with a key that only it has and requires. */
export function keyedChoice<const Shapes extends readonly [z.ZodObject, ...z.ZodObject[]]>(
  keys: readonly string[],
  shapes: Shapes,
): z.ZodPreprocess<z.ZodUnion<Shapes>> {
  const allowed = `a map with one of the keys ${listOr(keys)}`;
  return choice(shapes, (value, report) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return report(allowed);
    const [key, second] = keys.filter((candidate) => Object.hasOwn(value, candidate));
    if (second !== undefined) {
      return report(allowed, {
        message: `\`${key}\` and \`${second}\` are two things`,
        fix: 'write an entry for each',
      });
    }
    const shape = key === undefined ? undefined : shapes[keys.indexOf(key)];
    return (
      shape ?? report(allowed, { message: 'this does not say what it is about', fix: `write one of ${listOr(keys)}` })
    );
  });
}

/** An issue that a rule or a check knows more about than a schema. */
export const custom = (fault: Fault): { readonly code: 'custom'; readonly params: Record<string, unknown> } => ({
  code: 'custom',
  params: { ...fault },
});

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
        const params = { message: `this repeats entry ${first + 1} (${shorten(id)})`, fix: 'remove one of the two' };
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
