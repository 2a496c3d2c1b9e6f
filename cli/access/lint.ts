import colors from 'picocolors';

import { severities, type Finding, type Severity } from '../../access/lint/finding';
import { lint, type LintResult } from '../../access/lint/lint';
import { toSarif } from '../../access/lint/sarif';
import { count } from '../../access/report/count';
import type { Server } from '../../access/servers';
import type { Context } from '../context';
import { readSuppressions } from './lint-suppressions';
import { loadAccess } from './load-access';
import { loadPolicies } from './load-policies';
import { gapLines, type LoadedAccess } from './loaded-access';

export const lintFormats = ['text', 'json', 'sarif'] as const;

export interface LintCommandOptions {
  readonly format: (typeof lintFormats)[number];
  /** Folder with bare policies, instead of a place. */
  readonly policies?: string;
  /** Server that bare policies are for. */
  readonly server: Server;
  /** YAML file. */
  readonly suppressions?: string;
}

/**
 * `access lint`: prints findings, and sets the exit code 1 if one is an error.
 *
 * @param place folder or revision. @default - the inventory
 * @throws PlatformError
 */
export async function accessLint(
  context: Context,
  place: string | undefined,
  options: LintCommandOptions,
): Promise<void> {
  const loaded =
    options.policies === undefined ? await loadAccess(context, place) : loadPolicies(options.policies, options.server);
  for (const line of gapLines(loaded)) process.stderr.write(`${line}\n`);
  const result = lintLoaded(loaded, options.suppressions, Date.now());
  process.stdout.write(formatLint(result, options.format));
  if (result.findings.some(({ severity }) => severity === 'error')) process.exitCode = 1;
}

/**
 * Findings of what was loaded, with the lines of the inventory.
 *
 * @param now milliseconds since 1970
 * @throws PlatformError `usage` if the suppressions cannot be read
 */
export function lintLoaded({ models }: LoadedAccess, suppressionsFile: string | undefined, now: number): LintResult {
  const suppressions = suppressionsFile === undefined ? [] : readSuppressions(suppressionsFile);
  return lint(models, { now, suppressions });
}

/** Findings as text that ends with a newline. */
export function formatLint(result: LintResult, format: LintCommandOptions['format']): string {
  switch (format) {
    case 'text':
      return inTerminal(result);
    case 'json':
      return `${JSON.stringify(result, null, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(toSarif(result.findings), null, 2)}\n`;
  }
}

const paint: Readonly<Record<Severity, (text: string) => string>> = {
  error: colors.red,
  warning: colors.yellow,
  note: colors.cyan,
};

const placeOf = ({ cluster, policy, principal, position, source }: Finding): string => {
  const name = policy ?? principal;
  const lines = position === undefined ? '' : `:${position.line}:${position.column}`;
  const file = source?.file === undefined ? source?.address : `${source.file}:${source.line ?? position?.line ?? 1}`;
  return [cluster, name && `${name}${lines}`, file && `(${file})`].filter((part) => part).join(' ');
};

function inTerminal({ findings, suppressed }: LintResult): string {
  const lines = findings.map((finding) => {
    const { severity, rule, message } = finding;
    return `${paint[severity](severity.padEnd(7))} ${[rule, placeOf(finding)].filter((part) => part !== '').join(' ')}\n        ${message}`;
  });
  const counts = severities.map((severity) => {
    const found = findings.filter((finding) => finding.severity === severity);
    return count(found.length, severity);
  });
  return `${[...lines, `${counts.join(', ')}, ${suppressed} suppressed`].join('\n')}\n`;
}
