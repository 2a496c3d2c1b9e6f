import { parseAbsoluteTime, printAbsoluteTime } from '../../../access/policy/absolute-time';
import { decodePolicyText } from '../../../access/policy/decode-policy-text';
import { parseDuration, printDuration } from '../../../access/policy/duration';
import { parseDecimal, parseFloating, parseInteger } from '../../../access/policy/number-text';
import { parsePolicy } from '../../../access/policy/parse-policy';
import type { Stanza } from '../../../access/policy/policy';
import accepted from './accepted.json';

/** A stanza without what is empty. */
const brief = ({ path, position, capabilities, comment, allowedParameters }: Stanza): object => ({
  path,
  at: `${position.line}:${position.column}`,
  ...(capabilities.length > 0 && { capabilities }),
  ...(comment !== undefined && { comment }),
  ...(allowedParameters.size > 0 && { allowed: Object.fromEntries(allowedParameters) }),
});

describe('a text that OpenBao accepts', () => {
  it.each(accepted)('$text has these stanzas', ({ text, stanzas }) => {
    expect(parsePolicy('p', text, 'openbao-2.7').stanzas.map(brief)).toEqual(stanzas);
  });
});

describe('an integer of 64 bits', () => {
  it.each([
    ['0', 0n],
    ['-7', -7n],
    ['+7', 7n],
    ['007', 7n],
    ['0o17', 15n],
    ['0O17', 15n],
    ['0x_fF', 255n],
    ['-0X10', -16n],
    ['0b1_01', 5n],
    ['0B11', 3n],
    ['1_000', 1000n],
    ['9223372036854775807', 2n ** 63n - 1n],
    ['-9223372036854775808', -(2n ** 63n)],
    ['9223372036854775808', undefined],
    ['-9223372036854775809', undefined],
    ['08', undefined],
    ['1__0', undefined],
    ['1_', undefined],
    ['0x', undefined],
    ['0xg', undefined],
    ['0b2', undefined],
    ['', undefined],
    ['a', undefined],
    ['x1', undefined],
    ['1x', undefined],
    ['1.5', undefined],
  ])('%j is %s', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it.each([
    ['010', 10n],
    ['+7', 7n],
    ['-7', -7n],
    ['1_0', undefined],
    ['0x1', undefined],
    ['x7', undefined],
    ['', undefined],
    ['9223372036854775808', undefined],
  ])('in decimals %j is %s', (text, value) => {
    expect(parseDecimal(text)).toBe(value);
  });
});

it.each([
  ['1', 1],
  ['1.', 1],
  ['-1.25', -1.25],
  ['.5', 0.5],
  ['12.50', 12.5],
  ['1e3', 1000],
  ['1E-2', 0.01],
  ['-.5e+10', -5_000_000_000],
  ['-0.0', 0],
  ['1e999', undefined],
  ['.', undefined],
  ['.5e', undefined],
  ['+1', undefined],
  ['x1', undefined],
  ['1x', undefined],
  ['Infinity', undefined],
])('the number %j is %s', (text, value) => {
  expect(parseFloating(text)).toBe(value);
});

describe('a lifetime', () => {
  it.each([
    [5, 5],
    [1.9, 1],
    [-1.9, -1],
    ['5', 5],
    ['+5', 5],
    ['-5', -5],
    ['', 0],
    ['0', 0],
    ['+0', 0],
    ['90s', 90],
    ['1h30m', 5400],
    ['-1.5s', -1.5],
    ['+1.5s', 1.5],
    ['1.5h', 5400],
    ['.5s', 0.5],
    ['5.s', 5],
    ['100ms', 0.1],
    ['100us', 0.0001],
    ['100µs', 0.0001],
    ['100μs', 0.0001],
    ['100ns', 1e-7],
    ['1m1s', 61],
    ['2d', 172_800],
    ['-2d', -172_800],
    ['0d', 0],
    ['2562047h', 9_223_369_200],
    ['-9223372036s', -9_223_372_036],
    ['106751d', 9_223_286_400],
    ['106752d', undefined],
    ['9223372037', undefined],
    [9_223_372_037, undefined],
    [Infinity, undefined],
    ['2562048h', undefined],
    ['x', undefined],
    ['s', undefined],
    ['.s', undefined],
    ['-', undefined],
    ['+', undefined],
    ['1', 1],
    ['1.5', undefined],
    ['1s ', undefined],
    ['1 s', undefined],
    ['1x', undefined],
    ['1d2h', undefined],
    ['1.5d', undefined],
    ['d', undefined],
    ['--1s', undefined],
    [true, undefined],
    [null, undefined],
    [['1s'], undefined],
  ])('%j is %s seconds', (written, seconds) => {
    expect(parseDuration(written)).toBe(seconds);
  });

  it.each([
    [90, '90'],
    [0.5, '"500000000ns"'],
    [-1.5, '"-1500000000ns"'],
  ])('of %s seconds is printed as %s', (seconds, printed) => {
    expect(printDuration(seconds)).toBe(printed);
  });
});

describe('a time', () => {
  it.each([
    ['2030-01-31T00:00:00Z', '2030-01-31T00:00:00.000Z'],
    ['2030-01-31T23:59:59.123456Z', '2030-01-31T23:59:59.123Z'],
    ['2030-01-31T10:20:30,5Z', '2030-01-31T10:20:30.500Z'],
    ['2030-01-31T00:00:00+01:30', '2030-01-30T22:30:00.000Z'],
    ['2030-01-31T00:00:00-01:30', '2030-01-31T01:30:00.000Z'],
    ['2030-01-31T00:00:00+24:60', '2030-01-29T23:00:00.000Z'],
    ['2028-02-29T12:00:00Z', '2028-02-29T12:00:00.000Z'],
    ['2030-12-31T12:00:00Z', '2030-12-31T12:00:00.000Z'],
    ['2030-04-30T12:00:00Z', '2030-04-30T12:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['1700000000', '2023-11-14T22:13:20.000Z'],
    ['-1', '1969-12-31T23:59:59.000Z'],
  ])('%s is %s', (text, time) => {
    const milliseconds = parseAbsoluteTime(text);
    expect(new Date(milliseconds ?? NaN).toISOString()).toBe(time);
    expect(printAbsoluteTime(milliseconds ?? NaN)).toBe(time);
  });

  it.each([
    ...['2029-02-29T00:00:00Z', '2030-04-31T00:00:00Z', '2030-00-01T00:00:00Z', '2030-13-01T00:00:00Z'],
    ...['2030-01-00T00:00:00Z', '2030-01-32T00:00:00Z', '2030-01-01T24:00:00Z', '2030-01-01T00:60:00Z'],
    ...['2030-01-01T00:00:60Z', '2030-01-01T00:00:00', '2030-01-01T00:00:00+25:00', '2030-01-01T00:00:00+01:61'],
    ...['2030-01-01T00:00:00.Z', '2030-01-01 00:00:00Z', '2030-1-1T00:00:00Z', 'x2030-01-01T00:00:00Z', 'x', '1.5'],
    ...['2030-01-01T00:00:00Zx', '2030-01-01T0:00:00Z', '2030-01-01T00:00:00+1:00', ''],
  ])('is not %s', (text) => {
    expect(parseAbsoluteTime(text)).toBeUndefined();
  });

  it('outside of the years of four digits is printed in seconds', () => {
    expect(printAbsoluteTime(Date.UTC(9999, 11, 31))).toBe('9999-12-31T00:00:00.000Z');
    expect(printAbsoluteTime(Date.UTC(10_000, 0, 1) + 999)).toBe('253402300800');
    expect(printAbsoluteTime(-70_000_000_000_000)).toBe('-70000000000');
    expect(printAbsoluteTime(Date.UTC(-1, 0, 1))).toBe('-62198755200');
  });
});

it.each([
  ['cGF0aA==', 'path'],
  ['cGF0\r\naA=\n=', 'path'],
  ['cGF0aCBh', 'path a'],
  ['path', Buffer.from('path', 'base64').toString('utf8')],
  ['paths', 'paths'],
  ['cGF0a===', 'cGF0a==='],
  ['=cGF0aA=', '=cGF0aA='],
  ['cGF0aA==\t', 'cGF0aA==\t'],
  ['cGF 0aA==', 'cGF 0aA=='],
  ['"cGF0aA=', '"cGF0aA='],
  ['a+/=', Buffer.from('a+/=', 'base64').toString('utf8')],
  ['', ''],
])('the text %j that is sent is %j', (sent, text) => {
  expect(decodePolicyText(sent)).toBe(text);
});
