/**
 * Characters that nobody sees: control characters except tabs and line breaks, what programs may leave out when they show a text (zero-width
 * spaces and joiners, marks that reorder it, variation selectors, fillers, tags), other separators of lines, and halves of surrogate pairs.
 */
const hidden = /(?![\t\n\r])[\p{Cc}\p{DI}\p{Cs}\u2028\u2029\uFFF9-\uFFFB]/gu;

/** Texts of ASCII, as nearly all are, need no table of Unicode. */
const mayHide = /[^\t\n\r\u0020-\u007E]/;

/** A hidden character, and its offset in UTF-16 units. */
export interface HiddenCharacter {
  readonly character: string;
  readonly offset: number;
}

/** The hidden characters of a text. The letters of all languages are visible. */
export const hiddenCharacters = (text: string): HiddenCharacter[] =>
  mayHide.test(text) ? [...text.matchAll(hidden)].map(({ 0: character, index }) => ({ character, offset: index })) : [];

/** Text on one line that is safe to print: what is hidden, and line breaks, become `\uXXXX`. In a terminal, they could change a message. */
export const printable = (text: string): string =>
  mayHide.test(text) || /[\t\n\r]/.test(text)
    ? text.replaceAll(hidden, escaped).replaceAll(/[\t\n\r]/g, escaped)
    : text;

/** `U+200B`, with what it does where that is dangerous. */
export const describeHidden = (character: string): string =>
  `U+${hexadecimal(character).toUpperCase()}, ${/\p{Bidi_Control}/u.test(character) ? 'which reorders text' : 'which is invisible'}`;

function escaped(character: string): string {
  const digits = hexadecimal(character);
  return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits}`;
}

const hexadecimal = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
