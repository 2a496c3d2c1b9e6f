const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

const inRange = (value: bigint): bigint | undefined => (value >= smallest && value <= largest ? value : undefined);

const toBigint = (sign: string | undefined, digits: string): bigint | undefined =>
  inRange(sign === '-' ? -BigInt(digits) : BigInt(digits));

/** A decimal integer of 64 bits, with an optional sign. */
export const parseDecimal = (text: string): bigint | undefined => {
  const match = /^([+-])?([0-9]+)$/.exec(text);
  return match?.[2] === undefined ? undefined : toBigint(match[1], match[2]);
};

/** An integer of 64 bits as in Go: `0x`, `0o`, `0b` and a leading `0` select the base, and digits may be separated by `_`. */
export const parseInteger = (text: string): bigint | undefined => {
  const match =
    /^([+-])?(?:0[xX]((?:_?[0-9a-fA-F])+)|0[bB]((?:_?[01])+)|0[oO]?((?:_?[0-7])+)|(0|[1-9](?:_?[0-9])*))$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, sign, hexadecimal, binary, octal, decimal] = match;
  const prefix = hexadecimal !== undefined ? '0x' : binary !== undefined ? '0b' : octal !== undefined ? '0o' : '';
  return toBigint(sign, prefix + (hexadecimal ?? binary ?? octal ?? decimal ?? '').replaceAll('_', ''));
};

/** A floating point number. Undefined if it is none, or too large. */
export const parseFloating = (text: string): number | undefined => {
  const value = /^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value + 0 : undefined;
};
