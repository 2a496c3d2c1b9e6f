import type { z } from 'zod';

import { choice } from './choice';
import { map } from './map';
import { nearest } from './nearest';
import { shorten } from './show';
import { isMap, listOr, word } from './values';

/** Schemas by the name of what they describe. */
type Shapes = Readonly<Record<string, z.ZodType>>;

/** What {@link oneOf} gives: settings with the name of what was chosen beside them, under `kind` or the given key. */
export type OneOf<Tag extends string, Word extends string, Of extends Shapes> =
  | { [Key in Word]: Readonly<Record<Tag, Key>> }[Word]
  | { [Key in keyof Of & string]: Readonly<Record<Tag, Key>> & Settings<Key, z.output<Of[Key]>> }[keyof Of & string];

/** A thing with a single setting that is no map keeps it under its own name: `secret: name`. */
type Settings<Key extends string, Value> = Value extends string ? Readonly<Record<Key, Value>> : Value;

/**
 * One of several things that exclude each other: a map whose only key says which, with its settings below, or a word for
 * what has none, as in `seal: shamir` and `seal: {transit: {…}}`.
 *
 * @param words things without settings
 * @param shapes settings of the others, described
 * @param tag the key of the result that says which it is
 */
export function oneOf<const Word extends string, const Of extends Shapes, const Tag extends string = 'kind'>(
  words: readonly Word[],
  shapes: Of,
  tag: Tag = 'kind' as Tag,
): z.ZodType<OneOf<Tag, Word, Of>> {
  const keys = Object.keys(shapes);
  const tagged = (key: string, value: unknown): object =>
    typeof value === 'object' ? { [tag]: key, ...value } : { [tag]: key, [key]: value };
  const maps = new Map<string, z.ZodType>(
    Object.entries(shapes).map(([key, shape]) => [
      key,
      map({ [key]: shape }).transform((value) => tagged(key, value[key])),
    ]),
  );
  const [first, ...others] = words;
  const wordSchema: z.ZodType | undefined =
    first === undefined ? undefined : word([first, ...others]).transform((key) => ({ [tag]: key }));
  const keysOfMaps = `a map with ${keys.length > 1 ? 'one of the keys' : 'the key'} ${listOr(keys)}`;
  const allowed = wordSchema === undefined ? keysOfMaps : `${listOr(words)}, or ${keysOfMaps}`;
  const allShapes = [...(wordSchema === undefined ? [] : [wordSchema]), ...maps.values()];

  const schema = choice(allShapes as [z.ZodType, ...z.ZodType[]], (value, report) => {
    const isWord = typeof value === 'string';
    if (!isWord && !isMap(value)) return report(allowed);
    if (isWord && words.some((known) => known === value)) return wordSchema;
    const given = isWord ? [value] : Object.keys(value);
    const [known, second] = isWord ? [] : given.filter((name) => maps.has(name));
    if (second !== undefined) {
      const message = `\`${known}\` and \`${second}\` exclude each other`;
      return report(allowed, { message, fix: 'keep one of them' });
    }
    if (known !== undefined) return maps.get(known);
    const [name] = given;
    if (name === undefined) return report(allowed);
    const meant = nearest(name, [...words, ...keys]);
    const settings = `\`${shorten(name)}\` ${isWord ? 'needs' : 'has no'} settings`;
    return report(allowed, {
      message: meant === name ? settings : `\`${shorten(name)}\` is none of these`,
      fix: `write ${meant === undefined ? allowed : maps.has(meant) ? `\`${meant}:\` and its settings below` : `\`${meant}\``}`,
    });
  });
  return schema as z.ZodType<OneOf<Tag, Word, Of>>;
}
