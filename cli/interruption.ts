import { interruptTerraform, killTerraform, runningStacks } from '../local/terraform/child';
import { PlatformError } from '../model/errors';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes Ctrl-C on, which the terminal has sent to every process already: two signals at once are one. */
const sameSignalMilliseconds = 500;

/** Signals while Terraform may run. */
export interface Interruption {
  /** Whether the user interrupted, so that nothing new may begin. */
  readonly isRequested: () => boolean;
}

/**
 * Runs work that can be interrupted without loss: the first signal makes Terraform finish what it has begun and save its state; the second
 * kills it. While no Terraform runs, a signal ends this process as usual.
 *
 * @throws PlatformError `terraform` after an interruption
 */
export async function interruptible<T>(work: (interruption: Interruption) => Promise<T>): Promise<T> {
  let first: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const stacks = runningStacks().join(', ');
    const now = performance.now();
    if (first === undefined && stacks !== '') {
      first = now;
      tell(`interrupted: Terraform finishes ${stacks} and saves the state; interrupt again to kill it`);
      interruptTerraform();
      return;
    }
    if (first !== undefined && now - first < sameSignalMilliseconds) return;
    if (stacks !== '') {
      killTerraform();
      tell(`killed Terraform in ${stacks}; the next start repairs its state`);
    }
    stopListening();
    process.kill(process.pid, signal);
  };
  const stopListening = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work({ isRequested: () => first !== undefined });
  } catch (error) {
    throw first === undefined ? error : interrupted();
  } finally {
    stopListening();
  }
}

const tell = (text: string): void => void process.stderr.write(`\n${text}\n`);

const interrupted = (): PlatformError =>
  new PlatformError('terraform', [
    {
      message: 'the start was interrupted; what it had begun is finished and saved',
      fix: 'start again: it continues where this one ended',
    },
  ]);
