import type { Server } from '../../servers';
import { diffOperations } from '../../sets/diff';
import { TooManyPatternsError } from '../../sets/too-many-patterns-error';
import { withTemplates, type LintContext } from '../lint-context';
import type { LintRule, Report } from '../lint-rule';

const pairs = [
  ['vault-1.21', 'openbao-2.7'],
  ['vault-1.21', 'vault-2'],
] as const satisfies readonly (readonly [Server, Server])[];

/** A path that two servers list differently under one policy. */
const difference = (context: LintContext, policy: string): Report | undefined => {
  for (const [one, other] of pairs) {
    const [change] = diffOperations(context.acl([policy], one), context.acl([policy], other), ['list']);
    const gained = change?.gained[0];
    const found = gained ?? change?.lost[0];
    if (found !== undefined) {
      const [allows, denies] = gained === undefined ? [one, other] : [other, one];
      return {
        policy,
        path: withTemplates(found.by.path),
        position: found.by.position,
        message: `${allows} allows LIST ${withTemplates(found.witness)} and ${denies} denies it: write an exact stanza for the path with its slash`,
      };
    }
  }
  return undefined;
};

export const listPortability: LintRule = {
  id: 'list-portability',
  severity: 'warning',
  title: 'a LIST that servers decide differently',
  check: (context) =>
    context.policies
      // Servers decide alike by all other policies, so that nothing has to be compared.
      .filter(({ stanzas }) => stanzas.length > 1 && stanzas.some(({ capabilities }) => capabilities.includes('list')))
      .flatMap(({ name }) => report(context, name) ?? []),
};

const report = (context: LintContext, policy: string): Report | undefined => {
  try {
    return difference(context, policy);
  } catch (error) {
    if (error instanceof TooManyPatternsError) {
      return { policy, message: `${policy} has too many patterns to compare how servers decide a LIST: split it` };
    }
    throw error;
  }
};
