import { Listr, PRESET_TIMER, type ListrTask } from 'listr2';

import type { ReplicaPhase, ReplicaStep, StepResult } from '../local/replica/step';
import type { Progress } from '../local/toolbox/program';
import { PlatformError } from '../model/errors';
import { interruptible, type Interruption } from './interruption';

/**
 * Runs phases and shows each step while it runs: a live list on a terminal, plain lines in a pipe.
 *
 * @returns whether anything changed
 * @throws the error of a step, once concurrent steps have ended; later steps do not run. Nor do they after a signal: {@link interruptible}
 */
export async function runPhases(phases: readonly ReplicaPhase[]): Promise<boolean> {
  return await interruptible((interruption) => runAll(phases, interruption));
}

async function runAll(phases: readonly ReplicaPhase[], interruption: Interruption): Promise<boolean> {
  const failures: unknown[] = [];
  let changed = false;

  /** Runs a step concurrently with others. A failed step waits for them: interrupting Terraform may lose its state. */
  const runStep = async (
    run: ReplicaStep['run'],
    progress: Progress,
    beside: Set<Promise<StepResult>>,
  ): Promise<string> => {
    const running = run(progress);
    beside.add(running);
    try {
      const result = await running;
      if (interruption.isRequested()) throw new Error('interrupted');
      changed ||= result.changed;
      return result.text;
    } catch (error) {
      failures.push(error);
      await Promise.allSettled(beside);
      // The full error is printed after the list, which would truncate and repeat it.
      throw new Error('see below');
    }
  };

  const tasks = phases.map((phase): ListrTask => ({
    title: phase.title,
    task: (_, task) => {
      const beside = new Set<Promise<StepResult>>();
      return task.newListr(
        phase.steps().map(({ title, run }): ListrTask => ({
          title,
          skip: () => failures.length > 0,
          task: async (_context, step) => {
            step.title = `${title}: ${await runStep(run, (message) => (step.output = message), beside)}`;
          },
        })),
        { concurrent: phase.concurrency },
      );
    },
  }));
  const list = new Listr(tasks, {
    concurrent: false,
    exitOnError: true,
    registerSignalListeners: false,
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { timer: PRESET_TIMER },
    rendererOptions: { collapseErrors: false, collapseSubtasks: false, showErrorMessage: false, timer: PRESET_TIMER },
  });
  try {
    await list.run();
  } catch (error) {
    throw failures.length > 0 ? allOf(failures) : error;
  }
  return changed;
}

/** One error with the problems of all: stacks are applied concurrently, so several can fail. */
function allOf(failures: readonly unknown[]): unknown {
  const problems = failures.map((failure) => (failure instanceof PlatformError ? failure.problems : undefined));
  const [first] = failures;
  if (!(first instanceof PlatformError) || problems.includes(undefined)) return first;
  return new PlatformError(
    first.code,
    problems.flatMap((each) => each ?? []),
  );
}
