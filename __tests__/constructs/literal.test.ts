import { literal } from '../../constructs/literal';

describe('literal', () => {
  it.each([
    ['echo "${HOME}"', 'echo "$${HOME}"'],
    ['100 %{', '100 %%{'],
    ['$${', '$$${'],
    ['$(date) $HOME 5 % {}', '$(date) $HOME 5 % {}'],
  ])('writes %j so that Terraform reads it as it is', (text, written) => {
    expect(literal(text)).toBe(written);
  });
});
