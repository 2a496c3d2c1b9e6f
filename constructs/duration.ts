/** A duration in the format of Go, and therefore of the server: `1h0m0s`, `1m30s`, `20s`. */
export function serverDuration(seconds: number): string {
  const parts = partsOf(seconds);
  const first = parts.findIndex(([amount]) => amount > 0);
  return parts
    .slice(first === -1 ? 2 : first)
    .map((part) => part.join(''))
    .join('');
}

/** A duration in the vault provider's format for TTLs of a mount, without parts that are zero: `1h`, `1h30m`, `0s`. */
export function providerDuration(seconds: number): string {
  const parts = partsOf(seconds).filter(([amount]) => amount > 0);
  return parts.map((part) => part.join('')).join('') || '0s';
}

const partsOf = (seconds: number): (readonly [number, string])[] => [
  [Math.floor(seconds / 3600), 'h'],
  [Math.floor(seconds / 60) % 60, 'm'],
  [seconds % 60, 's'],
];
