/**
 * The pattern that a server chooses for a path, among those of a policy; undefined when none fits. An exact one wins, then
 * the one whose first wildcard is furthest to the right, then the one without `*` at the end, then the one with fewer `+`,
 * then the longer, then the one that sorts last.
 *
 * @param patterns with `+` for one segment and a final `*` for any rest
 */
export function chosenPattern(patterns: readonly string[], path: string): string | undefined {
  return patterns.filter((pattern) => fits(pattern, path)).sort((a, b) => (outranks(a, b) ? -1 : 1))[0];
}

function fits(pattern: string, path: string): boolean {
  const given = path.split('/');
  const wanted = pattern.split('/');
  const last = wanted.length - 1;
  const fitsSegment = (segment: string, index: number): boolean => {
    const there = given[index];
    if (there === undefined) return false;
    // `*` stands for any rest, other segments included, so only what stands before it is compared.
    if (index === last && segment.endsWith('*')) return there.startsWith(segment.slice(0, -1));
    return segment === '+' || segment === there;
  };
  return (pattern.endsWith('*') || wanted.length === given.length) && wanted.every(fitsSegment);
}

function outranks(a: string, b: string): boolean {
  const ranks = (pattern: string): number[] => {
    const first = pattern.search(/[+*]/);
    return [
      first === -1 ? Infinity : first,
      pattern.endsWith('*') ? 0 : 1,
      -pattern.split('/').filter((segment) => segment === '+').length,
      pattern.length,
    ];
  };
  const [mine, theirs] = [ranks(a), ranks(b)];
  const differs = mine.findIndex((rank, index) => rank !== theirs[index]);
  return differs === -1 ? a > b : (mine[differs] ?? 0) > (theirs[differs] ?? 0);
}
