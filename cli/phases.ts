import { Listr, PRESET_TIMER, type ListrTask } from 'listr2';

import type { ReplicaPhase } from '../local/replica/replica';

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
  const tasks = phases.map((phase): ListrTask => ({
    title: phase.title,
    task: (_, task) =>
      task.newListr(
        phase.steps().map(({ title, run }): ListrTask => ({
          title,
          task: async (_context, step) => {
            const started = performance.now();
            const result = await run((message) => (step.output = message));
            step.title = `${title}: ${result ?? 'no changes'}`;
            outcomes.push({
              title,
              milliseconds: performance.now() - started,
              ...(result !== undefined && { result }),
            });
          },
        })),
        { concurrent: phase.concurrency },
      ),
  }));
  await new Listr(tasks, {
    concurrent: false,
    exitOnError: true,
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { timer: PRESET_TIMER },
    rendererOptions: { collapseErrors: false, collapseSubtasks: false, showErrorMessage: false, timer: PRESET_TIMER },
  }).run();
  return outcomes;
}
