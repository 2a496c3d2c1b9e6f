import { z } from 'zod';

import type { Fault, Rule } from './rule';

/** An issue that a rule or a check knows more about than a schema. */
export const custom = (fault: Fault): { readonly code: 'custom'; readonly params: Record<string, unknown> } => ({
  code: 'custom',
  params: { ...fault },
});

/**
 * The `error` of a schema: what is allowed, and beside it, as a rule has it, how to fix a value of another type.
 *
 * @param fix what to do about a value; undefined where nothing better than what is allowed can be said
 */
export const advised =
  (allowed: string, fix: (given: unknown) => string | undefined) =>
  (issue: z.core.$ZodRawIssue): string => {
    const advice = fix(issue.input);
    // The issue is the schema's own: what is added to it is in the one that it reports.
    if (advice !== undefined) Object.assign(issue, { params: { fix: advice } });
    return allowed;
  };

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
    .string({ error: advised(rule.allowed, (given) => quoted(rule, given)) })
    .check(({ value, issues }) => {
      const fault = rule.fault(value);
      if (fault === undefined) return;
      issues.push({ ...custom(fault), message: rule.allowed, input: value, continue: true });
    })
    .meta({ pattern: rule.pattern.source });
}

/** A number or a word that YAML reads as something else, as the text that the rule accepts. */
function quoted(rule: Rule, given: unknown): string | undefined {
  if (typeof given !== 'boolean' && typeof given !== 'number') return undefined;
  const text = String(given);
  // How other numbers were written is not known: 1.10 is 1.1.
  if (typeof given === 'number' && !Number.isSafeInteger(given)) {
    return rule.fault(text) === undefined ? 'write it in quotes, which make a text of it' : undefined;
  }
  return rule.fault(text)?.fix ?? `write \`"${text}"\`: quotes make a text of it`;
}

/** A name that stands for something described elsewhere; whether that exists is checked once everything is read. */
export const reference = (allowed: string): z.ZodString => z.string({ error: allowed }).min(1, { error: allowed });

/** Whether a value of a file is a map. */
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A whole number. */
export function wholeNumber(least: number, most: number): z.ZodInt {
  const allowed = `a whole number from ${least} to ${most}`;
  const error = advised(allowed, (given) => {
    const number = typeof given === 'string' && isNumeral.test(given) ? Number(given.replaceAll(/[_, ]/g, '')) : NaN;
    return Number.isInteger(number) && number >= least && number <= most
      ? `write \`${number}\`, in decimal and without quotes`
      : undefined;
  });
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** Numbers as people, other programs and other versions of YAML write them. */
const isNumeral = /^ *[0-9][0-9_, ]*(\.0+)? *$|^0[xob][0-9a-f]+$/i;

/** A value that may be left out, for good or because there is a default, as a file would have it. */
export function optional<Schema extends z.ZodType>(schema: Schema): z.ZodExactOptional<Schema>;
export function optional<Schema extends z.ZodType>(schema: Schema, preset: z.input<Schema>): z.ZodPrefault<Schema>;
export function optional(schema: z.ZodType, ...preset: readonly unknown[]): z.ZodType {
  return preset.length === 0 ? schema.exactOptional() : schema.prefault(preset[0]);
}

/** Yes or no. */
export const flag = z.boolean({
  error: advised('true or false', (given) => {
    if (/^(true|yes|on|y|1)$/i.test(String(given))) return 'write `true`, without quotes';
    return /^(false|no|off|n|0)$/i.test(String(given)) ? 'write `false`, without quotes' : undefined;
  }),
});

/** One of some words. */
export function word<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodEnum<{ [Word in Words[number]]: Word }> {
  return z.enum(words as readonly string[], { error: listOr(words) }) as never;
}

/** `a, b or c` */
export const listOr = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' or $1');
