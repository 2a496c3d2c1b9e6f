import { execa } from 'execa';

import { PlatformError, type Problem } from '../../model/errors';

/**
 * Environment of programs that print their version, or that download or build another program: PATH and the settings of
 * the package clients. Never a token or cloud credentials:
 * Go's own variables have no underscore, those of Google do.
 */
const passed =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_[A-Z]+|TMPDIR|XDG_\w+|GO[A-Z0-9]+|PIP_\w+|npm_config_\w+|(https?|no|all)_proxy|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE)$/;

export function childEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => passed.test(entry[0]) && entry[1] !== undefined,
    ),
  );
}

export interface Child {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** @default - the folder of this process */
  readonly directory?: string;
  /** Who runs it. @default - the current user */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Stops it. @default - no time limit */
  readonly timeoutMilliseconds?: number;
  /** Called with each line it writes to its standard error. */
  readonly onLine?: (line: string) => void;
}

export type Outcome =
  | { readonly ok: true; readonly output: string }
  | {
      readonly ok: false;
      /** there is no such program */ readonly missing: boolean;
      readonly lines: readonly string[];
    };

/** Runs a child until it exits. A failure is returned, not thrown. */
export async function run(child: Child): Promise<Outcome> {
  const running = execa(child.command, child.args, {
    ...(child.directory === undefined ? {} : { cwd: child.directory }),
    ...(child.user === undefined ? {} : { uid: child.user.uid, gid: child.user.gid }),
    ...(child.timeoutMilliseconds === undefined ? {} : { timeout: child.timeoutMilliseconds }),
    env: child.environment,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  if (child.onLine !== undefined) {
    const { onLine } = child;
    let rest = '';
    running.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    });
  }
  const result = await running;
  if (!result.failed) return { ok: true, output: result.stdout };
  const said = `${result.stderr}\n${result.stdout}`.split('\n').filter((line) => line.trim() !== '');
  return {
    ok: false,
    missing: result.code === 'ENOENT',
    lines:
      said.length > 0
        ? said
        : [result.timedOut ? 'no answer in time' : (result.shortMessage?.split('\n')[0] ?? 'no output')],
  };
}

/** The error of a failed child: the task, the last lines of its output, and a fix. */
export function childFailed(doing: string, outcome: Outcome & { ok: false }, fix: string): PlatformError {
  const noSpace = outcome.lines.some((line) => /no space left on device|\bENOSPC\b/i.test(line));
  const problem: Problem = {
    message: noSpace ? `${doing} failed: the disk is full` : `${doing} failed`,
    given: outcome.lines
      .slice(-6)
      .map((line) => line.trim())
      .join('\n           '),
    fix: noSpace ? 'free some space, also where TMPDIR points to, and start again' : fix,
  };
  return new PlatformError('toolbox', [problem]);
}
