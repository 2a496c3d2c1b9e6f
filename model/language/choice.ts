import { z } from 'zod';

import type { Fault } from './rule';
import { custom, isMap, listOr } from './values';

/** The shapes of each choice, for the JSON Schema: by the function that chooses, which copies of a schema share. */
const shapesOf = new WeakMap<object, readonly z.core.$ZodType[]>();

/** The shapes that a schema made by {@link choice} has; undefined for any other. */
export function shapesOfChoice(schema: z.core.$ZodType): readonly z.core.$ZodType[] | undefined {
  const { in: input } = (schema._zod as unknown as { def: { in?: z.core.$ZodType } }).def;
  const { transform } = (input?._zod.def ?? {}) as { transform?: object };
  return transform === undefined ? undefined : shapesOf.get(transform);
}

/** Chooses the shape that a value was meant to have; reports when it cannot say. */
export type Choose = (value: unknown, report: (allowed: string, fault?: Fault) => undefined) => z.ZodType | undefined;

/** One of several shapes. Problems are reported for the shape that was meant, not for all of them. */
export function choice<const Shapes extends readonly [z.ZodType, ...z.ZodType[]]>(
  shapes: Shapes,
  choose: Choose,
): z.ZodType<z.output<Shapes[number]>, z.input<Shapes[number]>> {
  const parse = (value: unknown, context: z.RefinementCtx): unknown => {
    const shape = choose(value, (message, fault) => {
      const issue = fault === undefined ? ({ code: 'invalid_type', expected: 'record' } as const) : custom(fault);
      context.addIssue({ ...issue, message, input: value });
      return undefined;
    });
    const result = shape?.safeParse(value);
    for (const { path, ...issue } of result?.error?.issues ?? []) {
      context.issues.push({ ...issue, path: [...path], input: value } as z.core.$ZodRawIssue);
    }
    return result?.data;
  };
  const schema = z.preprocess(parse, z.any());
  shapesOf.set((schema._zod.def.in._zod.def as unknown as { transform: object }).transform, shapes);
  return schema as z.ZodType as never;
}

/** Chooses among maps of several shapes, each with a key that only it has and requires. */
export function byKey(shapes: Readonly<Record<string, z.ZodType>>): Choose {
  const keys = Object.keys(shapes);
  const allowed = `a map with one of the keys ${listOr(keys)}`;
  return (value, report) => {
    if (!isMap(value)) return report(allowed);
    const [key, second] = keys.filter((candidate) => Object.hasOwn(value, candidate));
    if (second !== undefined) {
      const message = `\`${key}\` and \`${second}\` are two things`;
      return report(allowed, { message, fix: 'write an entry for each' });
    }
    return key === undefined
      ? report(allowed, { message: 'the entry has no subject', fix: `write one of ${listOr(keys)}` })
      : shapes[key];
  };
}
