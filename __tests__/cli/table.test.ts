import pc from 'picocolors';

import { columns } from '../../cli/table';

const { green } = pc.createColors(true);

describe('columns', () => {
  it('makes each column as wide as its widest cell, and leaves no space at the end of a line', () => {
    expect(columns([['node-1', 'https://127.0.0.1:8200', 'active'], ['storage', 'postgresql', ''], ['seal']])).toBe(
      '  node-1   https://127.0.0.1:8200  active\n  storage  postgresql\n  seal',
    );
  });

  it('does not count colours', () => {
    expect(
      columns([
        [green('up'), 'x'],
        ['down', 'y'],
      ]),
    ).toBe(`  ${green('up')}    x\n  down  y`);
  });

  it('takes another indent', () => {
    expect(columns([['a', 'b']], '')).toBe('a  b');
  });

  it('of nothing is nothing', () => {
    expect(columns([])).toBe('');
  });
});
