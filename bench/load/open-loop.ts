import { setTimeout as sleep } from 'node:timers/promises';

import type { Meter } from './meter';

/** Requests that are due at fixed times, independently of earlier ones. */
export interface Stream {
  readonly meter: Meter;
  readonly perSecond: number;
  /** Delay of the first request. @default 0 */
  readonly delaySeconds?: number;
  /** Sends the request with this number, counted from 0. */
  readonly send: (index: number) => Promise<void>;
}

export interface OpenLoopOptions {
  readonly streams: readonly Stream[];
  /** Seconds before the measurement, in which connections are opened and every stream begins. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Called when the measurement begins. */
  readonly onBegin: () => void;
  /** Called for each measured request that fails. */
  readonly onFailure: (error: unknown) => void;
}

interface Pending {
  readonly meter: Meter;
  readonly due: number;
}

/**
 * Sends requests when they are due and measures latency from the due time, so that a stall of the server affects all
 * requests that are due during the stall.
 * @returns the longest time without a response, in milliseconds, and a promise that settles when no request is pending
 */
export async function runOpenLoop(options: OpenLoopOptions): Promise<{ longestGap: number; rest: Promise<unknown> }> {
  const start = performance.now();
  const begin = start + options.warmUpSeconds * 1000;
  const end = begin + options.seconds * 1000;
  const pending = new Set<Pending>();
  const underWay = new Set<Promise<void>>();
  let lastAnswer = begin;
  let longestGap = 0;

  const answered = (request: Pending): void => {
    const now = performance.now();
    if (now >= begin && now < end) {
      longestGap = Math.max(longestGap, now - lastAnswer);
      lastAnswer = now;
      request.meter.recordAnswer();
    }
    if (pending.delete(request)) request.meter.recordLatency(now - request.due);
  };
  const failed = (request: Pending, error: unknown): void => {
    if (!pending.delete(request)) return;
    request.meter.recordError();
    options.onFailure(error);
  };
  const launch = (stream: Stream, index: number, due: number): void => {
    const request = { meter: stream.meter, due };
    if (due >= begin) {
      pending.add(request);
      stream.meter.recordDue();
    }
    const work: Promise<void> = stream
      .send(index)
      .then(
        () => answered(request),
        (error: unknown) => failed(request, error),
      )
      .finally(() => underWay.delete(work));
    underWay.add(work);
  };

  const schedules = options.streams.map((stream) => ({
    stream,
    next: 0,
    due: (index: number): number => start + ((stream.delaySeconds ?? 0) + index / stream.perSecond) * 1000,
  }));
  let begun = false;
  for (;;) {
    const now = Math.min(performance.now(), end);
    if (!begun && now >= begin) {
      begun = true;
      options.onBegin();
    }
    for (const schedule of schedules) {
      for (let due = schedule.due(schedule.next); due < now; due = schedule.due(schedule.next)) {
        launch(schedule.stream, schedule.next, due);
        schedule.next += 1;
      }
    }
    if (now >= end) break;
    await sleep(1);
  }
  longestGap = Math.max(longestGap, end - lastAnswer);
  for (const { meter, due } of pending) meter.recordWaiting(end - due);
  pending.clear();
  return { longestGap, rest: Promise.all(underWay) };
}
