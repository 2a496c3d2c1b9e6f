/** The patterns of some policies cut the paths into more classes than can be computed. */
export class TooManyPatternsError extends Error {
  /** @param policies names, sorted */
  constructor(
    public readonly policies: readonly string[],
    options?: ErrorOptions,
  ) {
    super(
      `The patterns of ${policies.join(', ')} cut the paths into too many classes. Use fewer patterns with "+" in different segments.`,
      options,
    );
    this.name = 'TooManyPatternsError';
  }
}
