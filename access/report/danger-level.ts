/** From the most to the least dangerous. */
export const dangerLevels = ['critical', 'high', 'medium', 'low'] as const;

export type DangerLevel = (typeof dangerLevels)[number];

export interface DangerReason {
  readonly level: DangerLevel;
  /** What the access permits, for example `can change policies`. */
  readonly text: string;
}

/** How dangerous an access is: the worst of the reasons. */
export interface Danger {
  readonly level: DangerLevel;
  /** Worst first. Empty for a plain access to the principal's own things. */
  readonly reasons: readonly DangerReason[];
}

/** Negative if the first is more dangerous: by the worst reason, then by the number of reasons of each level. */
export function compareDanger(a: Danger, b: Danger): number {
  for (const level of dangerLevels) {
    const difference = count(b, level) - count(a, level);
    if (difference !== 0) return difference;
  }
  return 0;
}

const count = ({ reasons }: Danger, level: DangerLevel): number =>
  reasons.filter((reason) => reason.level === level).length;

/** The danger of some reasons. */
export function dangerOf(reasons: readonly DangerReason[]): Danger {
  const sorted = dangerLevels.flatMap((level) => reasons.filter((reason) => reason.level === level));
  return { level: sorted[0]?.level ?? 'low', reasons: sorted };
}
