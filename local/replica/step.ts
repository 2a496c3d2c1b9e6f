import type { AppliedStack } from '../terraform/stack-runner';
import type { Progress } from '../toolbox/program';

/** Result of a step. */
export interface StepResult {
  /** Short description. */
  readonly text: string;
  /** Whether the cluster changed. */
  readonly changed: boolean;
}

/** An idempotent step of a start. */
export interface ReplicaStep {
  readonly title: string;
  readonly run: (progress: Progress) => Promise<StepResult>;
}

export const unchanged: StepResult = { text: 'no changes', changed: false };
export const changedTo = (text: string): StepResult => ({ text, changed: true });

/** Steps that run one after the other or concurrently. */
export interface ReplicaPhase {
  readonly title: string;
  readonly steps: () => readonly ReplicaStep[];
  readonly concurrency: number;
}

/** A summary in words, for example `2 added, 1 removed`. */
export function describeChanges({ added, changed, removed, versions }: AppliedStack): StepResult {
  const parts = [
    ...(added > 0 ? [`${added} added`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
  ];
  const result = parts.length > 0 ? changedTo(parts.join(', ')) : unchanged;
  return versions === undefined ? result : { ...result, text: `${versions}; ${result.text}` };
}
