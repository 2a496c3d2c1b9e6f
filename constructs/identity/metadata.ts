import type { PropsRule } from '../validate-props';

/** Metadata of an entity or a group, by key. */
export type Metadata = Readonly<Record<string, string>>;

const keyPattern = /^[A-Za-z0-9_.-]+$/;
/** One path segment, without wildcards. */
const valuePattern = /^(?!\.{1,2}$)(?=.*\S)[^/*+{}\p{Cc}\u2028\u2029]+$/u;

/**
 * Policies insert metadata into paths before the server looks for wildcards. So a value `*` would grant a whole folder, and a value
 * with a slash another path.
 */
export const metadataRule: PropsRule<{ readonly metadata?: Metadata }> = ({ metadata = {} }) =>
  Object.entries(metadata)
    .filter(([key, value]) => !keyPattern.test(key) || !valuePattern.test(value))
    .map(([key, value]) => ({
      message: 'this metadata would change the meaning of a policy’s path that contains it',
      given: `${key}: ${value}`,
      allowed: 'keys of letters, digits, `_`, `.` and `-`; values on one line without `/`, `*`, `+`, `{` and `}`',
      fix: 'replace these characters, for example with `-`',
    }));
