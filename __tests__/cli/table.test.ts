import pc from 'picocolors';

import { columns } from '../../cli/table';

const { green } = pc.createColors(true);

describe('columns', () => {
  it('makes each column as wide as its widest cell, without trailing spaces', () => {
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

  it('accepts another indent', () => {
    expect(columns([['a', 'b']], '')).toBe('a  b');
  });

  it('returns an empty text without rows', () => {
    expect(columns([])).toBe('');
  });
});
