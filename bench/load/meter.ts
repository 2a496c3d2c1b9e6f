import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

import type { LoadName, LoadResult } from './plan';

/** Counts the results of the requests of one load during the measurement. */
export class Meter {
  /** Number of retries. */
  public repeated = 0;
  private readonly latencies: RecordableHistogram = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 });
  private due = 0;
  private answered = 0;
  private errors = 0;
  private waiting = 0;

  constructor(private readonly name: LoadName) {}

  public recordDue(): void {
    this.due += 1;
  }

  /** A response during the measurement, whenever the request was due: the held rate does not depend on waiting requests. */
  public recordAnswer(): void {
    this.answered += 1;
  }

  /** @param milliseconds from the due time to the response */
  public recordLatency(milliseconds: number): void {
    this.latencies.record(Math.max(1, Math.round(milliseconds * 1000)));
  }

  public recordError(): void {
    this.errors += 1;
  }

  /** A request without a response at the end. @param milliseconds since its due time */
  public recordWaiting(milliseconds: number): void {
    this.waiting += 1;
    this.recordLatency(milliseconds);
  }

  public result(seconds: number): LoadResult {
    const { latencies, due, answered, errors, waiting } = this;
    const milliseconds = (microseconds: number): number => microseconds / 1000;
    return {
      name: this.name,
      wanted: due / seconds,
      held: answered / seconds,
      latency: {
        p50: milliseconds(latencies.percentile(50)),
        p99: milliseconds(latencies.percentile(99)),
        max: milliseconds(latencies.max),
      },
      errors,
      repeated: this.repeated,
      waiting,
    };
  }
}
