/** The leading numbers of a version: `1.21.1+ent` → [1, 21, 1]. The rest is ignored. */
function numbers(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}

/** Negative when `a` is older than `b`, 0 when they are the same to the number of parts that `b` has. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (const [index, wanted] of right.entries()) {
    const difference = (left[index] ?? 0) - wanted;
    if (difference !== 0) return difference;
  }
  return 0;
}
