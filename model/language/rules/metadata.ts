import { patternRule, refineRule, type Fault } from '../rule';
import { withPlaceholder } from './placeholder';
import { textRule } from './text';

/** What every identity has anyway. */
const taken = ['environment', 'team', 'tenant'];

/** Policies' templates put metadata into paths, and before Vault 2.0.4 a `/` in it led out of the path that was meant. */
const slash: Fault = {
  message: 'a `/` could lead out of a path that a policy builds from it (CVE-2026-5006)',
  fix: 'write it without `/`, for example with `-`',
};

/** To a policy's path these are wildcards: a value of `*` opened the documents of others (measured on Vault 1.21). */
const wildcard: Fault = {
  message: '`*` and `+` would be wildcards in a path that a policy builds from it',
  fix: 'write it without them',
};

const word = patternRule(/^[A-Za-z0-9_.-]{1,100}$/, 'letters, digits, `_`, `.` and `-`', {
  message: 'this cannot be a key of metadata',
  fix: 'write letters, digits, `_`, `.` and `-`',
});

export const metadataKeyRule = {
  ...word,
  fault: (key: string): Fault | undefined => {
    if (key.includes('/')) return slash;
    if (!taken.includes(key)) return word.fault(key);
    return { message: `\`${key}\` is there already`, fix: `choose another word; taken are ${taken.join(', ')}` };
  },
};

export const metadataValueRule = {
  ...withPlaceholder(
    refineRule(textRule, (text) => (text.includes('/') ? slash : /[*+]/.test(text) ? wildcard : undefined)),
  ),
  pattern: /^(?=.*\S)(?!.*[$%]\{)[^/*+]*$/,
};
