import { problemsOf, smallInventory } from './small-inventory';
import { shop } from './specify';

const devel = 'environments/devel.yaml';
const authority = 'authorities: {internal: {description: x, commonName: x, ttl: 3650d, maxLeafTtl: 30d}}\n';
const base = { ...smallInventory, [devel]: `${smallInventory[devel]}${authority}` };

/** Message and line of the problems of a tenant. */
const told = (more: string): string[] =>
  problemsOf({ [shop]: `description: Pages\nenvironments: [devel]\n${more}` }, base).map(
    ({ line, message }) => `${line}: ${message}`,
  );

const certificate = (more: string): string =>
  `certificates:\n  web:\n    authority: ${more}\n    use: server\n    domains: [shop.example.com]\n`;
const policy = (more: string): string =>
  `policies:\n  - name: x\n    environments: [devel]\n${more}    grants:\n      - certificate: wbe\n`;

describe('a mistake hides no unknown reference', () => {
  it.each([
    [
      'a missing lifetime',
      certificate('intrenal'),
      ['5: the key `ttl` is missing', '5: no authority `intrenal` in devel'],
    ],
    [
      'a wrong lifetime',
      `${certificate('intrenal')}    ttl: 600\n`,
      ['5: no authority `intrenal` in devel', '8: wrong value for `certificates.web.ttl`'],
    ],
    [
      'an unknown key',
      `${certificate('intrenal')}    ttl: 1d\n    colour: red\n`,
      ['5: no authority `intrenal` in devel', '9: unknown key `colour`'],
    ],
    [
      'a missing reason',
      `${certificate('internal')}    ttl: 1d\n${policy('')}`,
      ['10: the key `reason` is missing', '13: unknown certificate'],
    ],
    [
      'a misspelt key',
      `${certificate('internal')}    ttl: 1d\n${policy('    Reason: Because\n')}`,
      ['12: unknown key `Reason`', '14: unknown certificate'],
    ],
    [
      'mistakes in both',
      `${certificate('internal')}${policy('')}`,
      ['5: the key `ttl` is missing', '9: the key `reason` is missing', '12: unknown certificate'],
    ],
  ])('%s', (_, more, problems) => {
    expect(told(more)).toEqual(problems);
  });

  it.each([
    ['a misspelt limit to environments', `${certificate('internal')}    ttl: 1d\n    enviroments: [devel]\n`],
    ['a missing lifetime', certificate('internal')],
    ['a list that is none', `${certificate('internal')}    ttl: 1d\n    environments: devel\n`],
  ])('%s gives no other problem', (_, more) => {
    expect(told(more)).toHaveLength(1);
  });
});
