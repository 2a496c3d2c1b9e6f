import { list } from '../../cli/option-values';

describe('a list on the command line', () => {
  it.each(['devel,stag', 'devel, stag', ' devel , stag ', 'devel,,stag,'])('%j has two values', (text) => {
    expect(list(text)).toEqual(['devel', 'stag']);
  });

  it('of commas is empty', () => {
    expect(list(' , ')).toEqual([]);
  });
});
