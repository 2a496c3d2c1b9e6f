import { stripVTControlCharacters } from 'node:util';

import { TooManyPatternsError } from '../../access/sets/too-many-patterns-error';
import { describeError } from '../../cli/exit';
import { PlatformError } from '../../model/errors';

const text = (error: unknown): string => stripVTControlCharacters(describeError(error));

describe('describeError', () => {
  it('prints a problem with its place, the given value, the allowed values and the fix', () => {
    const problem = {
      file: 'inventory/a.yaml',
      line: 3,
      column: 7,
      message: 'unknown environment',
      given: 'devl',
      allowed: 'devel, stag',
      fix: 'did you mean devel?',
    };
    expect(text(new PlatformError('inventory', [problem]))).toBe(
      [
        '✗ inventory/a.yaml:3:7  unknown environment',
        '  given:   devl',
        '  allowed: devel, stag',
        '  fix:     did you mean devel?',
      ].join('\n'),
    );
  });

  it('prints every problem and their number', () => {
    const problems = [{ message: 'one', file: 'a.yaml' }, { message: 'two' }, { message: 'three', fix: 'so' }];
    expect(text(new PlatformError('usage', problems))).toBe('✗ a.yaml  one\n✗ two\n✗ three\n  fix:     so\n3 problems');
  });

  it('aligns the lines of a given value', () => {
    expect(text(new PlatformError('terraform', [{ message: 'failed', given: 'one\ntwo' }]))).toBe(
      '✗ failed\n  given:   one\n           two',
    );
  });

  it('prints a user’s mistake without a stack trace, and a defect with it', () => {
    expect(text(new PlatformError('usage', [{ message: 'wrong' }]))).toBe('✗ wrong');
    const defect = text(new TypeError('x is not a function'));
    expect(defect).toMatch(
      /^This is a defect of vault-platform, please report it:\nTypeError: x is not a function\n +at /,
    );
  });

  it('names policies whose patterns cannot be compared, and what to do', () => {
    expect(text(new TooManyPatternsError(['a', 'b']))).toBe(
      [
        '✗ the patterns of these policies cut the paths into more classes than can be compared',
        '  given:   a, b',
        '  fix:     use fewer patterns with + in different segments, or give the policies to different roles',
      ].join('\n'),
    );
  });

  it.each([
    ['a text', 'a text'],
    [undefined, 'undefined'],
    [Object.assign(new Error('no stack'), { stack: undefined }), 'no stack'],
  ])('describes any thrown value: %p', (thrown, said) => {
    expect(text(thrown)).toBe(`This is a defect of vault-platform, please report it:\n${said}`);
  });
});
