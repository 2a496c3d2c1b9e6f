import type { Acl } from '../../decide/acl';
import { capabilityBit } from '../../decide/capability';
import { matches } from '../../decide/match';
import type { Operation } from '../../decide/request';
import type { Rule } from '../../decide/rule';
import type { Policy } from '../../policy/policy';
import { overlap } from '../../sets/overlap';
import { withTemplates, type LintContext } from '../lint-context';
import type { LintRule, Report } from '../lint-rule';
import { generalPath } from '../witness';

const isDeny = ({ capabilities }: Rule): boolean => (capabilities & capabilityBit.deny) !== 0;

const isFrom = (rule: Rule, by: Rule['from'][number] | undefined): boolean =>
  by !== undefined &&
  rule.from.some(
    ({ policy, position }) =>
      policy === by.policy && position.line === by.position.line && position.column === by.position.column,
  );

interface DeadRule {
  readonly rule: Rule;
  readonly winner: string | undefined;
}

const known = new WeakMap<Acl, readonly DeadRule[]>();

/** {@link findDeadRules}, once for each list of policies. */
const deadRules = (acl: Acl): readonly DeadRule[] => {
  const found = known.get(acl) ?? findDeadRules(acl);
  known.set(acl, found);
  return found;
};

/** Rules that decide no path of any operation, with the stanza that decides instead. Undefined if nothing can match. */
const findDeadRules = (acl: Acl): readonly DeadRule[] =>
  acl.rules.flatMap((rule) => {
    const path = generalPath(rule, acl.rules);
    const decisions = (['read', 'list'] as const).map((operation) => acl.decide({ operation, path }).by);
    const isMatched = !rule.text.startsWith('/');
    const winner = decisions.find((by) => by !== undefined && !isFrom(rule, by));
    return isMatched && decisions.some((by) => isFrom(rule, by))
      ? []
      : [{ rule, winner: winner && withTemplates(winner.path) }];
  });

const denies = ({ stanzas }: Policy): boolean => stanzas.some(({ capabilities }) => capabilities[0] === 'deny');

const atFirst = ({ from }: Rule) => {
  const { policy, path, position } = from[0]!;
  return { policy, path: withTemplates(path), position };
};

const because = (winner: string | undefined): string =>
  winner === undefined ? 'no path matches its pattern' : `"${winner}" wins wherever both match`;

/** Rules that are dead in their own policy, or, for denials, in a list of policies of a principal. */
const dead = (context: LintContext, wanted: (rule: Rule) => boolean, advice: string): readonly Report[] =>
  context.policies.flatMap(({ name }) =>
    deadRules(context.acl([name]))
      .filter(({ rule }) => wanted(rule))
      .map(({ rule, winner }) => ({
        ...atFirst(rule),
        message: `"${withTemplates(rule.path)}" never decides, because ${because(winner)}: ${advice}`,
      })),
  );

export const deadStanza: LintRule = {
  id: 'dead-stanza',
  severity: 'warning',
  title: 'a stanza that never decides',
  check: (context) => dead(context, (rule) => !isDeny(rule), 'delete it, or make its pattern more specific'),
};

export const deadDeny: LintRule = {
  id: 'dead-deny',
  severity: 'error',
  title: 'a denial that denies nothing',
  check: (context) => [
    ...dead(context, isDeny, 'deny has no precedence of its own, so write a pattern that wins'),
    ...listsWithDenials(context).flatMap((names) =>
      deadRules(context.acl(names))
        .filter(({ rule }) => isDeny(rule) && isOfOnePolicy(rule))
        .filter(
          ({ rule }) => !deadRules(context.acl([rule.from[0]!.policy])).some((own) => own.rule.text === rule.text),
        )
        .map(({ rule, winner }) => ({
          ...atFirst(rule),
          message: `"${withTemplates(rule.path)}" never decides together with ${otherPolicies(names, rule)}, because ${because(winner)}: write a pattern that wins`,
        })),
    ),
  ],
};

const isOfOnePolicy = ({ from }: Rule): boolean => new Set(from.map(({ policy }) => policy)).size === 1;

const otherPolicies = (names: readonly string[], { from }: Rule): string =>
  names.filter((name) => from.every(({ policy }) => policy !== name)).join(', ');

/** Lists of policies of which one denies. */
const listsWithDenials = (context: LintContext): readonly (readonly string[])[] => {
  const denying = new Set(context.policies.filter(denies).map(({ name }) => name));
  return context.lists.filter((names) => names.some((name) => denying.has(name)));
};

const operationOf = ['read', 'update', 'create', 'delete', 'patch', 'list'] as const satisfies readonly Operation[];

/** A path that a denial matches and that a rule allows which is not an exception to it, because it matches other paths as well. */
const shadows = (acl: Acl): readonly { readonly deny: Rule; readonly grant: Rule; readonly path: string }[] =>
  acl.rules.filter(isDeny).flatMap((deny) =>
    acl.rules.flatMap((grant) => {
      if (matches(deny, generalPath(grant, acl.rules))) return [];
      const path = overlap(deny, grant);
      const operation = operationOf.find((one) => (grant.capabilities & capabilityBit[one]) !== 0);
      if (path === undefined || operation === undefined) {
        return [];
      }
      const decision = acl.decide({ operation, path });
      return decision.allowed && isFrom(grant, decision.by) ? [{ deny, grant, path }] : [];
    }),
  );

export const shadowedDeny: LintRule = {
  id: 'shadowed-deny',
  severity: 'warning',
  title: 'a denial that another stanza wins over on some paths',
  check: (context) => {
    const alone = context.policies.filter(denies).map(({ name }) => [name]);
    const reports = new Map<string, Report>();
    for (const names of [...alone, ...listsWithDenials(context)]) {
      const acl = context.acl(names);
      const gone = new Set(deadRules(acl).map(({ rule }) => rule));
      for (const { deny, grant, path } of shadows(acl).filter((one) => !gone.has(one.deny))) {
        const { policy, path: pattern, position } = atFirst(deny);
        const other = grant.from[0]!.policy;
        const owner = other === policy ? '' : ` of ${other}`;
        const key = `${policy} ${position.line}:${position.column} ${other} ${grant.path}`;
        reports.set(key, {
          ...atFirst(deny),
          message: `"${pattern}" does not deny ${withTemplates(path)}, which "${withTemplates(grant.path)}"${owner} allows: make the denial more specific`,
        });
      }
    }
    return [...reports.values()];
  },
};
