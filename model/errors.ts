/** One thing that is wrong, and how to fix it. */
export interface Problem {
  /** What is wrong, one sentence without a full stop, for example `unknown environment`. */
  readonly message: string;
  /** File that holds the offending value, relative to the project or absolute. @default - not about a file */
  readonly file?: string;
  /** Line in the file, counted from 1. @default - not known */
  readonly line?: number;
  /** Column in the line, counted from 1. @default - not known */
  readonly column?: number;
  /** The offending value as it was given; never a secret. @default - nothing was given */
  readonly given?: string;
  /** What would be accepted instead. @default - said by the message */
  readonly allowed?: string;
  /** What to do about it: an action, with the nearest valid name or a command where there is one. @default - said by the message */
  readonly fix?: string;
}

/** Where an error comes from, and so who can fix it. */
export type ErrorCode =
  /** The inventory is wrong: a team or the platform team fixes a file. */
  | 'inventory'
  /** A construct does not accept its props: the author of the stack fixes the code. */
  | 'construct'
  /** The command line is wrong: unknown name, wrong option. */
  | 'usage'
  /** A program that is needed is missing, too old or could not be installed. */
  | 'toolbox'
  /** The embedded cluster could not be started, reached or stopped. */
  | 'cluster'
  /** Terraform refused to plan or apply. */
  | 'terraform'
  /** Kubernetes refused a request, or could not be reached. */
  | 'kubernetes'
  /** A server refused a request. */
  | 'server';

/**
 * The one error for what a user can fix. It carries every problem that was found, not the first one; the command line
 * prints them with {@link formatProblems}, without a stack trace, and exits with 1. Anything else thrown is a defect.
 */
export class PlatformError extends Error {
  public override readonly name = 'PlatformError';

  constructor(
    public readonly code: ErrorCode,
    public readonly problems: readonly Problem[],
  ) {
    super(formatProblems(problems));
  }
}

/** Plain text of problems: `file:line:column  message` and, indented below, given, allowed and fix. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems.map(formatProblem).join('\n');
}

function formatProblem(problem: Problem): string {
  const { file, line, column, message, given, allowed, fix } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return [
    place === '' ? message : `${place}  ${message}`,
    ...(given === undefined ? [] : [`  given:   ${given}`]),
    ...(allowed === undefined ? [] : [`  allowed: ${allowed}`]),
    ...(fix === undefined ? [] : [`  fix:     ${fix}`]),
  ].join('\n');
}
