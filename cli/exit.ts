import pc from 'picocolors';

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
  if (error instanceof PlatformError) {
    const count = error.problems.length;
    const total = count > 1 ? `\n${pc.red(`${count} problems`)}` : '';
    return error.problems.map(describeProblem).join('\n') + total;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${pc.red('This is a defect of vault-platform, please report it:')}\n${text}`;
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
