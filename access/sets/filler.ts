/** Endings for people first; then ever more, because each can be in use. */
const endings = function* (): Iterable<string> {
  yield* 'xyzabcdefghijklmnopqrstuvw0123456789';
  for (let code = 0xc0; code < 0xd800; code += 1) yield String.fromCharCode(code);
};

/**
 * A segment for people that begins with a text: the text itself where it reads as complete, otherwise with a letter behind it.
 *
 * @param isFree whether the segment can be used @default - all
 * @throws RangeError if all of 55,000 segments are in use
 */
export const filled = (beginning: string, isFree: (segment: string) => boolean = () => true): string => {
  if (/[a-z0-9]$/i.test(beginning) && isFree(beginning)) return beginning;
  for (const ending of endings()) if (isFree(beginning + ending)) return beginning + ending;
  throw new RangeError(`All segments that begin with ${JSON.stringify(beginning)} are in use.`);
};
