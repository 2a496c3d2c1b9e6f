const ascii = /^[\0-\x7f]*$/;

/**
 * Lower case as the servers compute it: character by character, without the rules of a language. JavaScript's own method differs for
 * a final sigma and for `İ`.
 */
export const lowerCase = (text: string): string =>
  ascii.test(text) ? text.toLowerCase() : Array.from(text, (one) => (one === 'İ' ? 'i' : one.toLowerCase())).join('');
