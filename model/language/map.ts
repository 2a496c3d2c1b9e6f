import { z } from 'zod';

import { entryOf } from './absent';
import { isDuration, type DurationSchema } from './duration';
import { nearest } from './nearest';
import { advised, isMap, listOr, type CheckContext } from './values';

/**
 * Schemas of the inventory are made of the functions in this folder. One convention holds throughout: the message of an
 * issue says what is allowed; what is wrong and how to fix it are in `params` where a rule knows it
 * (model/source/issues.ts reads both).
 */

/** What a schema gives: defaults filled in, nothing that can be changed. */
export type Output<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

export type DeepReadonly<T> = T extends string | number | boolean | undefined
  ? T
  : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

type OfDuration = DurationSchema | z.ZodExactOptional<DurationSchema> | z.ZodPrefault<DurationSchema>;

/** What the keys of a map give: the duration under `ttl` comes out as `ttlSeconds`. */
export type MapOutput<Shape extends z.ZodRawShape, Parsed = z.output<z.ZodObject<Shape>>> = {
  [
    Key in keyof Parsed as Key extends keyof Shape & string
      ? Shape[Key] extends OfDuration
        ? `${Key}Seconds`
        : Key
      : Key
  ]: Parsed[Key];
};

/** What a check of a map sees: every duration is in seconds, under its own key. Values that have problems are as the file has them. */
export type Check<Shape extends z.ZodRawShape> = (value: z.output<z.ZodObject<Shape>>, context: CheckContext) => void;

/**
 * A map whose keys are all known.
 *
 * @param checks what concerns several of its keys
 */
export function map<const Shape extends z.ZodRawShape>(
  shape: Shape,
  ...checks: readonly Check<Shape>[]
): z.ZodType<MapOutput<Shape>, z.input<z.ZodObject<Shape>>> {
  const keys = Object.keys(shape).join(', ');
  const noMap = advised(`a map with the keys ${keys}`, (given) =>
    given === null && strict.safeParse({}).success ? 'write `{}` for a map without settings' : undefined,
  );
  const strict: z.ZodObject<Shape, z.core.$strict> = z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return noMap(issue);
      const owners = issue.keys.map((key): [string, string | undefined] => [
        key,
        Object.entries<z.core.$ZodType>(shape).find(([, schema]) => hasKey(schema, key))?.[0],
      ]);
      Object.assign(issue, { params: { owners: Object.fromEntries(owners) } });
      return keys;
    },
  });
  const checked = checks.reduce<z.ZodObject<Shape, z.core.$strict>>(
    (schema, check) => schema.superRefine(check),
    strict,
  );
  const named = Object.values(shape).some(isDuration) ? checked.transform(withSeconds(shape)) : checked;
  return named as z.ZodType as z.ZodType<MapOutput<Shape>, z.input<z.ZodObject<Shape>>>;
}

/** Whether a schema, optional or not, is a map with a key. */
function hasKey(schema: z.core.$ZodType, key: string): boolean {
  const def = schema._zod.def as { innerType?: z.core.$ZodType; in?: z.core.$ZodType; shape?: object };
  const inner = def.innerType ?? def.in;
  return inner === undefined ? Object.hasOwn(def.shape ?? {}, key) : hasKey(inner, key);
}

/** Renames the keys of durations, so that their unit is in the name. */
function withSeconds<Shape extends z.ZodRawShape>(shape: Shape): (value: object) => MapOutput<Shape> {
  const names = Object.entries(shape).map(
    ([key, schema]) => [key, isDuration(schema) ? `${key}Seconds` : key] as const,
  );
  return (value) => {
    const named: Record<string, unknown> = {};
    for (const [key, name] of names) if (key in value) named[name] = (value as Readonly<Record<string, unknown>>)[key];
    return named as MapOutput<Shape>;
  };
}

/**
 * What is left of a map that has problems: the values of its other keys, with their defaults.
 *
 * @param unsound keys that have a problem
 * @returns undefined for a value that is no map at all
 */
export function soundPart<Shape extends z.ZodRawShape>(
  shape: Shape,
  value: unknown,
  unsound: ReadonlySet<PropertyKey>,
): Partial<MapOutput<Shape>> | undefined {
  if (!isMap(value)) return undefined;
  const sound = Object.entries<z.core.$ZodType>(shape).flatMap(([key, schema]) => {
    if (unsound.has(key)) return [];
    const { success, data } = z.safeParse(schema, entryOf(value, key));
    return success && data !== undefined ? [[key, data] as const] : [];
  });
  return withSeconds(shape)(Object.fromEntries(sound)) as object;
}

/** One of several maps, by a key that each has a word of its own for. */
export function byWord<const Maps extends readonly [z.ZodType, ...z.ZodType[]]>(
  key: string,
  maps: Maps,
  allowed: string,
): z.ZodType<z.output<Maps[number]>, z.input<Maps[number]>> {
  const words = maps.flatMap(({ _zod: { propValues } }) => [...(propValues?.[key] ?? [])].map(String));
  const wrongWord = advised(listOr(words), (given) => {
    const word = isMap(given) ? entryOf(given, key) : undefined;
    const meant = typeof word === 'string' ? nearest(word, words) : undefined;
    return meant === undefined ? undefined : `write \`${meant}\``;
  });
  const error = (issue: z.core.$ZodRawIssue): string => (isMap(issue.input) ? wrongWord(issue) : allowed);
  return z.discriminatedUnion(key, maps as never, { error }) as z.ZodType as never;
}
