import type { Finding } from '../../../access/lint/finding';
import { lint } from '../../../access/lint/lint';
import type { AccessModel } from '../../../access/principals/access-model';
import { policyModel } from './example-model';

/** Milliseconds since 1970 of all tests of rules. */
export const now = Date.UTC(2026, 0, 15);

/** Findings of one rule, by its id. */
export const findingsOf = (model: AccessModel, rule: string): readonly Finding[] =>
  lint([model], { now }).findings.filter((finding) => finding.rule === rule);

export const messagesOf = (model: AccessModel, rule: string): readonly string[] =>
  findingsOf(model, rule).map(({ message }) => message);

/** Patterns that a rule reports in a policy of stanzas `path capability,capability`. */
export const reported = (rule: string, stanzas: readonly string[]): readonly (string | undefined)[] => {
  const text = stanzas
    .map((stanza) => {
      const [path, list = 'read'] = stanza.split(' ');
      return `path "${path}" { capabilities = ${JSON.stringify(list.split(','))} }\n`;
    })
    .join('');
  return findingsOf(policyModel(text), rule).map(({ path }) => path);
};
