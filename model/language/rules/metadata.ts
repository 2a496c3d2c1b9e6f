import { patternRule, refineRule, type Fault, type Rule } from '../rule';
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

/** A template in a path is a whole segment of it. */
const dots: Fault = {
  message: '`.` and `..` would change the meaning of a path that a policy builds from it',
  fix: 'write a word',
};

const brace: Fault = {
  message: 'braces would begin a template in a path that a policy builds from it',
  fix: 'write it without `{` and `}`',
};

/** A key of metadata, also one that this project adds. */
export const metadataWordRule = patternRule(/^[A-Za-z0-9_.-]{1,100}$/, 'letters, digits, `_`, `.` and `-`', {
  message: 'this cannot be a key of metadata',
  fix: 'write letters, digits, `_`, `.` and `-`',
});

/** A key of metadata that a file adds. */
export const metadataKeyRule: Rule = {
  ...metadataWordRule,
  fault: (key) => {
    if (key.includes('/')) return slash;
    if (!taken.includes(key)) return metadataWordRule.fault(key);
    return { message: `\`${key}\` is there already`, fix: `choose another word; taken are ${taken.join(', ')}` };
  },
};

/** A value of metadata once `{environment}` is filled in: one segment of a path, without wildcards. */
export const metadataTextRule: Rule = {
  ...refineRule(textRule, (text) => {
    if (text.includes('/')) return slash;
    if (/[*+]/.test(text)) return wildcard;
    if (/[{}]/.test(text)) return brace;
    return text === '.' || text === '..' ? dots : undefined;
  }),
  allowed: `${textRule.allowed}; without \`/\`, \`*\`, \`+\`, \`{\` and \`}\`; not \`.\` or \`..\``,
};

export const metadataValueRule: Rule = {
  ...withPlaceholder(metadataTextRule),
  pattern: /^(?=.*\S)(?!\.{1,2}$)(?!.*[$%]\{)[^/*+]*$/,
};
