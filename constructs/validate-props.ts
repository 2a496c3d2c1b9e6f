import type { IConstruct } from 'constructs';

import { PlatformError, type Problem } from '../model/errors';
import type { Rule } from '../model/language/rule';

/** Checks the props of a construct. Returns what is wrong with them; nothing, or an empty list, if they are valid. */
export type PropsRule<Props> = (props: Props) => Problem | readonly Problem[] | undefined;

/**
 * Checks the props of a construct against every rule.
 *
 * @throws PlatformError `construct` with all problems; each message begins with the construct's path
 */
export function validateProps<Props>(construct: IConstruct, props: Props, rules: readonly PropsRule<Props>[]): void {
  const problems = problemsOf(props, rules);
  if (problems.length > 0) refuse(construct.node.path, problems);
}

/** Problems that any of the rules finds. */
export const problemsOf = <Props>(props: Props, rules: readonly PropsRule<Props>[]): Problem[] =>
  rules.flatMap((rule) => rule(props) ?? []);

/** Several rules as one. */
export const allOf =
  <Props>(...rules: readonly PropsRule<Props>[]): PropsRule<Props> =>
  (props) =>
    problemsOf(props, rules);

/**
 * @param subject what the problems are about, for example the path of a construct
 * @throws PlatformError `construct` always; each message begins with the subject
 */
export function refuse(subject: string, problems: readonly Problem[]): never {
  throw new PlatformError(
    'construct',
    problems.map((problem) => ({ ...problem, message: `${subject}: ${problem.message}` })),
  );
}

/**
 * Applies a rule of the inventory to the values of a prop.
 *
 * @param prop name of the prop, for messages
 */
export const valueProblems = (prop: string, rule: Rule, values: readonly string[]): Problem[] =>
  values.flatMap((value) => {
    const fault = rule.fault(value);
    if (fault === undefined) return [];
    const { message, fix, given = value } = fault;
    return [{ message: `${prop}: ${message}`, given, allowed: rule.allowed, fix }];
  });
