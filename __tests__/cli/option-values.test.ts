import { list, sentence } from '../../cli/option-values';

describe('a list on the command line', () => {
  it.each(['devel,stag', 'devel, stag', ' devel , stag ', 'devel,,stag,'])('%j has two values', (text) => {
    expect(list(text)).toEqual(['devel', 'stag']);
  });

  it('of commas is empty', () => {
    expect(list(' , ')).toEqual([]);
  });
});

describe('a sentence on the command line', () => {
  it('is what was given', () => {
    expect(sentence(' It moved ')).toBe('It moved');
  });

  it.each(['', '  '])('cannot be %j', (text) => {
    expect(() => sentence(text)).toThrow('Use a sentence.');
  });
});
