import { builtProviders } from '../../../local/toolbox/built-provider';
import { offers } from '../../../local/toolbox/mirrors';

const source = 'registry.terraform.io/hashicorp/vault';

it.each([
  [['4.3.0'], false],
  [['4.4.0'], true],
  [['5.2.0'], false],
  [['5.2.0', '5.2.1'], true],
  [['5.10.0'], false],
  [['6.0.0'], false],
])('a mirror with %j offers a version that the stacks accept: %s', (versions, expected) => {
  expect(offers([{ source, versions }], source, builtProviders.vault.range)).toBe(expected);
});
