import { closest } from 'fastest-levenshtein';

import type { Problem } from './errors';

export interface UnknownName {
  /** For example `unknown environment`. */
  readonly message: string;
  readonly given: string;
  /** The names that there are. */
  readonly known: readonly string[];
  /** What to say is allowed. @default - every known name, or that there is none */
  readonly allowed?: string;
}

/** A name on the command line that names nothing, with the nearest one that does. */
export function unknownName({
  message,
  given,
  known,
  allowed = known.join(', ') || 'nothing yet',
}: UnknownName): Problem {
  const nearest =
    known.find((name) => name.startsWith(given)) ?? (known.length > 0 ? closest(given, known) : undefined);
  return { message, given, allowed, ...(nearest !== undefined && { fix: `did you mean ${nearest}?` }) };
}
