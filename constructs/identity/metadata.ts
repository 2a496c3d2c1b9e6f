import { PlatformError } from '../../model/errors';

/** What is known of an entity or a group, by key. */
export type Metadata = Readonly<Record<string, string>>;

const keyPattern = /^[A-Za-z0-9_.-]+$/;
/** One segment of a path wherever a policy puts it, and no wildcard. */
const valuePattern = /^(?!\.{1,2}$)(?=.*\S)[^/*+{}\p{Cc}\u2028\u2029]+$/u;

/**
 * Policies put metadata into paths, and the server does so before it looks for wildcards: a value `*` would open all of a
 * folder, and one with a slash lead elsewhere.
 *
 * @throws PlatformError `construct`, with every key and value that cannot be used
 */
export function checkMetadata(owner: string, metadata: Metadata): void {
  const problems = Object.entries(metadata)
    .filter(([key, value]) => !keyPattern.test(key) || !valuePattern.test(value))
    .map(([key, value]) => ({
      message: `${owner}: metadata that would change the meaning of a path which a policy puts it into`,
      given: `${key}: ${value}`,
      allowed: 'keys of letters, digits, `_`, `.` and `-`; values in one line without `/`, `*`, `+`, `{` and `}`',
      fix: 'write it without them, for example with `-`',
    }));
  if (problems.length > 0) throw new PlatformError('construct', problems);
}
