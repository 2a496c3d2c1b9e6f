import type { z } from 'zod';

import { nearest } from '../rules/nearest';
import { shorten } from '../rules/show';
import { choice, listOr, map, word } from './parts';

/** Schemas by the name of what they describe. */
type Shapes = Readonly<Record<string, z.ZodType>>;

/** What {@link oneOf} understands. */
export type OneOf<Word extends string, Of extends Shapes> =
  Word | { [Key in keyof Of & string]: Readonly<Record<Key, z.output<Of[Key]>>> }[keyof Of & string];

/**
 * One of several things that exclude each other: a map whose only key says which, with its settings below, or a word for
 * what has none, as in `seal: shamir` and `seal: {transit: {…}}`.
 *
 * @param words things without settings
 * @param shapes settings of the others, described
 */
export function oneOf<const Word extends string, const Of extends Shapes>(
  words: readonly Word[],
  shapes: Of,
): z.ZodType<OneOf<Word, Of>> {
  const keys = Object.keys(shapes);
  const maps = new Map<string, z.ZodType>(Object.entries(shapes).map(([key, shape]) => [key, map({ [key]: shape })]));
  const [first, ...others] = words;
  const wordSchema: z.ZodType | undefined = first === undefined ? undefined : word([first, ...others]);
  const keysOfMaps = `a map with ${keys.length > 1 ? 'one of the keys' : 'the key'} ${listOr(keys)}`;
  const allowed = wordSchema === undefined ? keysOfMaps : `${listOr(words)}, or ${keysOfMaps}`;
  const allShapes = [...(wordSchema === undefined ? [] : [wordSchema]), ...maps.values()];

  const schema = choice(allShapes as [z.ZodType, ...z.ZodType[]], (value, report) => {
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isMap && typeof value !== 'string') return report(allowed);
    if (typeof value === 'string' && words.some((known) => known === value)) return wordSchema;
    const given = typeof value === 'string' ? [value] : Object.keys(value);
    const [known, second] = isMap ? given.filter((name) => maps.has(name)) : [];
    if (second !== undefined) {
      const message = `\`${known}\` and \`${second}\` exclude each other`;
      return report(allowed, { message, fix: 'keep one of them' });
    }
    if (known !== undefined) return maps.get(known);
    const [name] = given;
    if (name === undefined) return report(allowed);
    const meant = nearest(name, [...words, ...keys]);
    const settings = `\`${shorten(name)}\` ${isMap ? 'has no' : 'needs'} settings`;
    return report(allowed, {
      message: meant === name ? settings : `\`${shorten(name)}\` is none of these`,
      fix: `write ${meant === undefined ? allowed : maps.has(meant) ? `\`${meant}:\` and its settings below` : `\`${meant}\``}`,
    });
  });
  return schema as z.ZodType<unknown> as z.ZodType<OneOf<Word, Of>>;
}
