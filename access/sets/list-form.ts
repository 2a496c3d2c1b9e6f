import { anySegment, pattern, type Pattern } from './pattern';

/**
 * Of the paths that end in `/`, those that a pattern matches, as a pattern.
 *
 * @returns undefined if there are none
 */
export const fullForm = ({ pieces, open, text }: Pattern): Pattern | undefined => {
  if (open) return pattern(pieces, open);
  const last = pieces.at(-1);
  if (last === anySegment) return pattern([...pieces.slice(0, -1), ''], false);
  return text.endsWith('/') ? pattern(pieces, open) : undefined;
};

/** Of the paths `p/`, those of which a pattern matches `p`: what `pattern` matches and `except` does not. */
export interface TrimmedForm {
  readonly pattern: Pattern;
  readonly except?: Pattern;
}

/** See {@link TrimmedForm}. */
export const trimmedForm = (original: Pattern): TrimmedForm => {
  const { pieces, open } = original;
  if (!open) return { pattern: pattern([...pieces, ''], false) };
  // `a/*` matches `a/`, but not `a`.
  return pieces.at(-1) === '' && pieces.length > 1
    ? { pattern: original, except: pattern(pieces, false) }
    : { pattern: original };
};
