import { z } from 'zod';

import type { Fault, Rule } from './rule';

/** An issue that a rule or a check knows more about than a schema. */
export const custom = (fault: Fault): { readonly code: 'custom'; readonly params: Record<string, unknown> } => ({
  code: 'custom',
  params: { ...fault },
});

/** What a check reports problems to. */
export type CheckContext = Pick<z.RefinementCtx, 'addIssue'>;

/** Reports what a check found at a path; without one, about the whole value. */
export function refuse(context: CheckContext, path: (string | number)[], allowed: string, fault: Fault): void {
  context.addIssue({ ...custom(fault), message: allowed, path });
}

/** One word or number, or one of several, for example the `type` of a map. */
export const literal = z.literal;

/** A text that obeys a rule. */
export function text(rule: Rule): z.ZodString {
  return z
    .string({ error: rule.allowed })
    .check(({ value, issues }) => {
      const fault = rule.fault(value);
      if (fault === undefined) return;
      issues.push({ ...custom(fault), message: rule.allowed, input: value, continue: true });
    })
    .meta({ pattern: rule.pattern.source });
}

/** A name that stands for something described elsewhere; whether that exists is checked once everything is read. */
export const reference = (allowed: string): z.ZodString => z.string({ error: allowed }).min(1, { error: allowed });

/** Whether a value of a file is a map. */
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A whole number. */
export function wholeNumber(least: number, most: number): z.ZodInt {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** A value that may be left out, for good or because there is a default, as a file would have it. */
export function optional<Schema extends z.ZodType>(schema: Schema): z.ZodExactOptional<Schema>;
export function optional<Schema extends z.ZodType>(schema: Schema, preset: z.input<Schema>): z.ZodPrefault<Schema>;
export function optional(schema: z.ZodType, ...preset: readonly unknown[]): z.ZodType {
  return preset.length === 0 ? schema.exactOptional() : schema.prefault(preset[0]);
}

/** Yes or no. */
export const flag = z.boolean({ error: 'true or false' });

/** One of some words. */
export function word<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodEnum<{ [Word in Words[number]]: Word }> {
  return z.enum(words as readonly string[], { error: listOr(words) }) as never;
}

/** `a, b or c` */
export const listOr = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' or $1');
