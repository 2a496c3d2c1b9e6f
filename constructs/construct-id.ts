/**
 * The id of a construct, made of words that users choose, such as the name of a group. Different words have different ids, and words of
 * `a` to `z`, `0` to `9` and `-` are their own id. Any other character becomes its code point between two `X`: `dev_team` is `devX5fXteam`.
 * There is no `_` in it, which separates ids in the address of a resource. `constructor` is `X63Xonstructor`: the library constructs looks up
 * ids in an object that has this property.
 */
export const constructId = (words: string): string =>
  words in {} ? `X${(words.codePointAt(0) ?? 0).toString(16)}X` + escaped(words.slice(1)) : escaped(words);

const escaped = (words: string): string =>
  words.replaceAll(/[^a-z0-9-]/gu, (found) => `X${(found.codePointAt(0) ?? 0).toString(16)}X`);

/** The id of a construct by a name on the server. Names of an inventory have single dashes, so that `--` for a dot is unambiguous. */
export const serverNameId = (name: string): string => name.replaceAll('.', '--');
