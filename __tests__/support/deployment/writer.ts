import { setTimeout as sleep } from 'node:timers/promises';

import type { ServerClient } from '../../../client/server-client';
import { ServerRefusal } from '../../../client/server-refusal';
import { eventually } from '../eventually';
import { longest, type Span } from './span';

/** Documents that each writes at once, each by one who writes the next number only once it knows of the one before. */
const writers = 2;
const pause = 20;
/** Longer than any outage that a test causes. */
const patience = 300_000;

/**
 * Counts in documents of a key-value engine of version 2, by check-and-set, through whatever address the client has, and
 * goes on when a request fails, as clients do: it looks what is there, and tries again.
 */
export class CountingWriter {
  /** Numbers that were acknowledged and then not found, as `document: what was wrong`. */
  public readonly lost: string[] = [];
  /** What went wrong, and how often; all of it was tried again. */
  public readonly failures = new Map<string, number>();
  private readonly acknowledgements: number[] = [];
  private readonly counted: number[] = Array.from({ length: writers }, () => 0);
  private readonly working: Promise<void>[] = [];
  private readonly waiting = {
    milliseconds: patience,
    interval: pause,
    detail: () => JSON.stringify(Object.fromEntries(this.failures)),
  };
  private stopped = false;

  /**
   * @param mount of the engine, which must not limit its versions to fewer than one
   * @param over aborted when the servers are gone: whatever still waits for them then fails
   */
  constructor(
    private readonly client: ServerClient,
    private readonly mount: string,
    private readonly folder: string,
    private readonly over: AbortSignal,
  ) {}

  /** Numbers that were acknowledged. */
  public get count(): number {
    return this.acknowledgements.length;
  }

  /** Begins. @returns once the first number is acknowledged */
  public async start(): Promise<this> {
    for (let index = 0; index < writers; index += 1) {
      const working = this.work(index);
      // It is waited for at the end; a test that failed may not come to that.
      working.catch(() => undefined);
      this.working.push(working);
    }
    await this.wait(1);
    return this;
  }

  /** Waits until so many more numbers are acknowledged. */
  public async wait(more: number): Promise<void> {
    const until = this.count + more;
    await eventually(
      `${more} more numbers to be acknowledged`,
      () => {
        this.over.throwIfAborted();
        return this.count >= until;
      },
      this.waiting,
    );
  }

  /** Stops, and looks whether everything that was acknowledged is there. */
  public async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
    for (const [index, count] of this.counted.entries()) this.check(index, count, await this.look(index));
  }

  /** The longest time without an acknowledgement that ended after some moment. */
  public longestOutage(since: number): Span {
    const moments = [...this.acknowledgements, performance.now()];
    return longest(
      moments.flatMap((to, index) => {
        const from = moments[index - 1];
        return from === undefined || to < since ? [] : [{ from: from - since, milliseconds: to - from }];
      }),
    );
  }

  private async work(index: number): Promise<void> {
    // A write that may still arrive is never the last.
    for (let written = false; !this.stopped || !written;) {
      const number = this.counted[index]! + 1;
      written = await this.write(index, number);
      if (!written) continue;
      this.counted[index] = number;
      this.acknowledgements.push(performance.now());
    }
  }

  /** @returns whether the number is there for certain */
  private async write(index: number, number: number): Promise<boolean> {
    try {
      await this.client.write(this.path(index), { data: { number }, options: { cas: number - 1 } });
      return true;
    } catch (error) {
      this.note(error);
      await sleep(pause, undefined, { signal: this.over });
    }
    // It may have been written all the same, before the answer was lost.
    const there = await this.look(index);
    if (there === number) return true;
    this.check(index, number - 1, there);
    this.counted[index] = there;
    return false;
  }

  /** The number that is there, which is also its version. */
  private async look(index: number): Promise<number> {
    const read = async (): Promise<number | undefined> => {
      try {
        const answer = await this.client.find(this.path(index));
        const { data, metadata } = (answer?.data ?? {}) as {
          data?: { number: number };
          metadata?: { version: number };
        };
        const number = data?.number ?? 0;
        if (number !== (metadata?.version ?? 0)) this.lost.push(`${index}: ${number} is version ${metadata?.version}`);
        return number;
      } catch (error) {
        this.note(error);
        this.over.throwIfAborted();
        return undefined;
      }
    };
    return await eventually(`document ${index}`, read, this.waiting);
  }

  private check(index: number, acknowledged: number, there: number): void {
    if (there < acknowledged) this.lost.push(`${index}: ${acknowledged} was acknowledged, ${there} is there`);
    if (there > acknowledged) this.lost.push(`${index}: ${there} is there, nobody wrote it`);
  }

  private note(error: unknown): void {
    const reason =
      error instanceof ServerRefusal ? `${error.status} ${error.reasons.join('; ')}` : (error as Error).message;
    // Which request it was does not matter.
    const [line = ''] = reason.replace(/^(\d+ \d+ errors? occurred:)\s*\n/, '$1').split('\n');
    this.failures.set(line, (this.failures.get(line) ?? 0) + 1);
  }

  private readonly path = (index: number): string => `${this.mount}/data/${this.folder}/${index}`;
}
