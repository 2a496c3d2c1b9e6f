/** What is wrong with one value, and what to do about it. */
export interface Fault {
  /** One sentence without a full stop. */
  readonly message: string;
  /** An action. */
  readonly fix: string;
  /** What to show instead of the value, where that may hold a secret. @default - the value */
  readonly given?: string;
}

/** One thing a text in the inventory has to obey. */
export interface Rule {
  /** What is accepted, for people. */
  readonly allowed: string;
  /** The part of the rule that a regular expression can say: editors check it while one types. */
  readonly pattern: RegExp;
  /** Why the text is refused; undefined when it is accepted. */
  readonly fault: (value: string) => Fault | undefined;
}

/**
 * A rule with one fault.
 *
 * @param holds what a value that has the pattern must obey as well. @default - nothing
 */
export const patternRule = (
  pattern: RegExp,
  allowed: string,
  fault: Fault,
  holds: (value: string) => boolean = () => true,
): Rule => ({ allowed, pattern, fault: (value) => (pattern.test(value) && holds(value) ? undefined : fault) });

/** Whether something can be done without an error. */
export function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

/** A rule for what has to be written in full: an id, an ARN. */
export const wholeRule = (pattern: RegExp, what: string, example: string): Rule =>
  patternRule(pattern, `${what} such as ${example}`, {
    message: `this is not ${what}`,
    fix: `write it whole, for example ${example}`,
  });

/** A rule and one more, which is asked when the first has no objection. */
export function refineRule(rule: Rule, also: (value: string) => Fault | undefined): Rule {
  return { ...rule, fault: (value) => rule.fault(value) ?? also(value) };
}
