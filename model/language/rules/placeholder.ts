import { environmentPlaceholder } from '../../names';
import type { Fault, Rule } from '../rule';

/** What may stand for the placeholder when a text is checked: a letter is right wherever an environment's name is. */
const sample = 'e';

/**
 * A rule for texts in which `{environment}` stands for the name of the environment.
 *
 * @param pattern the rule's own, with the placeholder in it; checked by editors alone
 */
export function withPlaceholder(rule: Rule, pattern: RegExp = rule.pattern): Rule {
  return {
    allowed: `${rule.allowed}; ${environmentPlaceholder} is replaced by the name of the environment`,
    pattern,
    fault: (text) => {
      const filled = text.replaceAll(environmentPlaceholder, sample);
      return unknownPlaceholder(filled) ?? rule.fault(filled);
    },
  };
}

function unknownPlaceholder(filled: string): Fault | undefined {
  const [found] = /\{[^{}]*\}/.exec(filled) ?? [];
  if (found === undefined) return undefined;
  return {
    message: 'the text has an unknown placeholder',
    fix: `write ${environmentPlaceholder}, or leave the braces out`,
  };
}
