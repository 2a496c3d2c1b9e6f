/** A stretch of time, in milliseconds; `from` is counted from when something happened. */
export interface Span {
  readonly from: number;
  readonly milliseconds: number;
}

/** The longest; of no length if there is none. */
export const longest = (spans: readonly Span[]): Span =>
  spans.reduce((one, other) => (other.milliseconds > one.milliseconds ? other : one), { from: 0, milliseconds: 0 });
