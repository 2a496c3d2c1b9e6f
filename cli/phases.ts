import { Listr, PRESET_TIMER, type ListrTask } from 'listr2';

import type { ReplicaPhase } from '../local/replica/replica';
import { PlatformError } from '../model/errors';

/** What came of a run: what was done, step by step, in order. */
export interface Outcome {
  readonly title: string;
  readonly milliseconds: number;
  /** @default - nothing was to be done */
  readonly result?: string;
}

/**
 * Runs phases and shows each step while it runs: a live list on a terminal, plain lines in a pipe.
 *
 * @returns what came of each step
 * @throws what a step throws; the steps after it are not run
 */
export async function runPhases(phases: readonly ReplicaPhase[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const failures: unknown[] = [];
  const tasks = phases.map((phase): ListrTask => ({
    title: phase.title,
    task: (_, task) =>
      task.newListr(
        phase.steps().map(({ title, run }): ListrTask => ({
          title,
          task: async (_context, step) => {
            const started = performance.now();
            try {
              const result = await run((message) => (step.output = message));
              step.title = `${title}: ${result ?? 'no changes'}`;
              const milliseconds = performance.now() - started;
              outcomes.push({ title, milliseconds, ...(result !== undefined && { result }) });
            } catch (error) {
              // Told in full once the list is done; in the list it would be cut and repeated.
              failures.push(error);
              throw new Error('see below');
            }
          },
        })),
        { concurrent: phase.concurrency },
      ),
  }));
  const list = new Listr(tasks, {
    concurrent: false,
    exitOnError: true,
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { timer: PRESET_TIMER },
    rendererOptions: { collapseErrors: false, collapseSubtasks: false, showErrorMessage: false, timer: PRESET_TIMER },
  });
  try {
    await list.run();
  } catch (error) {
    throw failures.length > 0 ? allOf(failures) : error;
  }
  return outcomes;
}

/** Stacks are applied side by side, so more than one may fail; every problem is told. */
function allOf(failures: readonly unknown[]): unknown {
  const problems = failures.map((failure) => (failure instanceof PlatformError ? failure.problems : undefined));
  const [first] = failures;
  if (!(first instanceof PlatformError) || problems.includes(undefined)) return first;
  return new PlatformError(
    first.code,
    problems.flatMap((each) => each ?? []),
  );
}
