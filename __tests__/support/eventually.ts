import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  /** @default 60000 */
  readonly milliseconds?: number;
  /** Milliseconds between two looks. @default 100 */
  readonly interval?: number;
  /** What helps to find the cause, for the error. @default - nothing */
  readonly detail?: () => string | Promise<string>;
}

/**
 * Looks again until something is there. The only way to wait in a test: it always ends, and says what it waited for.
 *
 * @param what completes the sentence "waited 60 s for …"
 * @param look gives what is waited for, or false or undefined; what it throws ends the wait
 * @throws Error when the time is up
 */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  { milliseconds = 60_000, interval = 100, detail }: EventuallyOptions = {},
): Promise<Exclude<T, false | undefined>> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    // A look that begins in time counts, however long it takes.
    const isLast = performance.now() >= deadline;
    const found = await look();
    if (found !== false && found !== undefined) return found as Exclude<T, false | undefined>;
    if (isLast) {
      const more = detail === undefined ? '' : `\n${await detail()}`;
      throw new Error(`waited ${milliseconds / 1000} s for ${what}${more}`);
    }
    await sleep(interval);
  }
}
