import pc from 'picocolors';

import { TooManyPatternsError } from '../access/sets/too-many-patterns-error';
import { PlatformError, type Problem } from '../model/errors';

/**
 * Prints an error to standard error and exits with 1. Errors that a user can fix are printed without a stack trace; any
 * other error is a defect and keeps it.
 */
export function exitWith(error: unknown): never {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(1);
}

/** An error as text for a terminal. */
export function describeError(error: unknown): string {
  const problems = problemsOf(error);
  if (problems !== undefined) {
    const count = problems.length;
    const total = count > 1 ? `\n${pc.red(`${count} problems`)}` : '';
    return problems.map(describeProblem).join('\n') + total;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${pc.red('This is a defect of vault-platform, please report it:')}\n${text}`;
}

/** What a user can fix. @returns undefined for a defect */
function problemsOf(error: unknown): readonly Problem[] | undefined {
  if (error instanceof PlatformError) return error.problems;
  if (!(error instanceof TooManyPatternsError)) return undefined;
  return [
    {
      message: 'the patterns of these policies cut the paths into more classes than can be compared',
      given: error.policies.join(', '),
      fix: 'use fewer patterns with + in different segments, or give the policies to different roles',
    },
  ];
}

function describeProblem(problem: Problem): string {
  const { file, line, column, message, given, allowed, fix } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const detail = (label: string, text: string | undefined): string =>
    text === undefined ? '' : `\n  ${pc.dim(label.padEnd(8))} ${text.replaceAll('\n', '\n           ')}`;
  return [
    `${pc.red('✗')} ${place === '' ? '' : `${pc.cyan(place)}  `}${message}`,
    detail('given:', given),
    detail('allowed:', allowed),
    detail('fix:', fix),
  ].join('');
}
