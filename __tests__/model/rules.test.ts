import { sshExtensionRule } from '../../model/language/rules/words';
import { problemsOf, smallInventory } from './small-inventory';
import type { Files } from './small-inventory';
import { shop, specify, tenant } from './specify';

const ledger = smallInventory['tenants/payments/ledger.yaml'] ?? '';
const devel = smallInventory['environments/devel.yaml'] ?? '';

const policy = (more: string): Files =>
  tenant(`policies:\n  - name: tests\n    environments: [devel]\n    reason: Tests\n${more}`);
const grantPath = (path: string): Files => policy(`    grants:\n      - path: ${path}\n        operations: [read]\n`);

describe('settings of AppRoles', () => {
  const appRole = (settings: string): Files => tenant(`appRole:\n  ${settings}\n`);
  specify([
    ['no duration', appRole('tokenTtl: 5min'), `${shop}:4:13`, 'this is not a duration', 'write `5m`'],
    ['duration of nothing', appRole('tokenTtl: 0s'), `${shop}:4:13`, 'the duration is zero', 'write 1s or more'],
    [
      'token longer than the server allows',
      appRole('tokenMaxTtl: 33d'),
      `${shop}:4:16`,
      'the duration is too long',
      'write 32d or less',
    ],
    [
      'SecretID longer than a year',
      appRole('secretIdTtl: 90d'),
      `${shop}:4:16`,
      'the duration is too long',
      'write 32d or less',
    ],
    [
      'TTL longer than the inherited maximum',
      appRole('tokenTtl: 2h'),
      `${shop}:4:13`,
      'tokenTtl is longer than tokenMaxTtl',
      'shorten tokenTtl or lengthen tokenMaxTtl',
    ],
    [
      'maximum shorter than the inherited TTL',
      appRole('tokenMaxTtl: 10m'),
      `${shop}:4:16`,
      'tokenTtl is longer than tokenMaxTtl',
      'shorten tokenTtl or lengthen tokenMaxTtl',
    ],
    [
      'the same in an environment',
      { 'environments/devel.yaml': `${devel}appRole:\n  tokenTtl: 2h\n` },
      'environments/devel.yaml:12:13',
      'tokenTtl is longer than tokenMaxTtl',
      'shorten tokenTtl or lengthen tokenMaxTtl',
    ],
    [
      'batch token with a maximum of its own',
      appRole('tokenType: batch\n  tokenMaxTtl: 2h'),
      `${shop}:5:16`,
      'a batch token cannot be renewed, so it has no other maximum than its tokenTtl',
      'remove tokenMaxTtl, or write `tokenType: service`',
    ],
    [
      'address for a network',
      appRole('tokenBoundCidrs: [10.0.0.7]'),
      `${shop}:4:21`,
      'this is not a network in CIDR notation',
      'write 10.0.0.7/32 for one address',
    ],
    [
      'network with host bits',
      appRole('tokenBoundCidrs: [10.1.2.3/8]'),
      `${shop}:4:21`,
      'the network is not in its canonical form',
      'write 10.0.0.0/8',
    ],
    [
      'IPv6 written long',
      appRole('secretIdBoundCidrs: ["FD00:0:0::1/32"]'),
      `${shop}:4:24`,
      'the network is not in its canonical form',
      'write fd00::/32',
    ],
    [
      'prefix too long',
      appRole('tokenBoundCidrs: [10.0.0.0/33]'),
      `${shop}:4:21`,
      'this is not a network in CIDR notation',
      'write address/length',
    ],
    [
      'network twice',
      appRole('tokenBoundCidrs: [10.0.0.0/8, 10.0.0.0/8]'),
      `${shop}:4:33`,
      'this repeats entry 1 (10.0.0.0/8)',
      'remove one of the two',
    ],
    [
      'fraction of a login',
      appRole('secretIdNumUses: 1.5'),
      `${shop}:4:20`,
      'wrong value for `appRole.secretIdNumUses`',
      'write a whole number from 0 to 1000000',
    ],
  ]);
});

describe('references', () => {
  specify([
    [
      'unknown environment',
      { [shop]: 'description: Pages\nenvironments:\n  - devl\n' },
      `${shop}:3:5`,
      'unknown environment',
      'write `devel`',
    ],
    [
      'unknown cluster',
      { 'environments/devel.yaml': devel.replace('west', 'wset') },
      'environments/devel.yaml:2:10',
      'unknown cluster',
      'write `west`',
    ],
    [
      'empty reference',
      { 'environments/devel.yaml': devel.replace('west', '""') },
      'environments/devel.yaml:2:10',
      'wrong value for `cluster`',
      'write the name of a file in inventory/clusters',
    ],
    [
      'override for an unknown environment',
      tenant('overrides:\n  devl: {reason: x, keySet: existing}\n'),
      `${shop}:4:3`,
      'unknown environment',
      'write `devel`',
    ],
    [
      'override where the tenant is not',
      tenant('overrides:\n  stag: {reason: x, keySet: existing}\n'),
      `${shop}:4:3`,
      'the tenant is not in this environment',
      'add `stag` to the tenant’s environments, or remove it here',
    ],
    [
      'policy where the tenant is not',
      { 'tenants/payments/ledger.yaml': ledger.replace('[devel, stag, prod]', '[devel, prod]') },
      'tenants/payments/ledger.yaml:8:20',
      'the tenant is not in this environment',
      'add `stag` to the tenant’s environments, or remove it here',
    ],
    [
      'grant in an unknown environment',
      policy('    grants: [{environment: satg, path: a, operations: [read]}]\n'),
      `${shop}:7:28`,
      'unknown environment',
      'write `stag`',
    ],
    [
      'grant in another cluster',
      policy('    grants: [{environment: prod, path: a, operations: [read]}]\n'),
      `${shop}:7:28`,
      'a policy in devel cannot reach prod: it is in another cluster',
      'write one of these, or move the policy to an environment of east',
    ],
  ]);
});

describe('paths of grants', () => {
  const place = `${shop}:8:15`;
  specify([
    ['absolute', grantPath('/a'), place, 'the path is not relative', 'write `a`'],
    ['empty segment', grantPath('a//b'), place, 'the path has an empty segment', 'write one slash between segments'],
    [
      'slash at the end',
      grantPath('a/'),
      place,
      'the path names a folder, which can only be listed',
      'remove the slash, or write `*` behind it, or allow `list` alone',
    ],
    [
      'empty segment before a star',
      grantPath('a//*'),
      place,
      'the path has an empty segment',
      'write one slash between segments',
    ],
    ['up', grantPath('a/../../b'), place, 'the path has a segment `..`', 'write the path without it'],
    ['here', grantPath('./a'), place, 'the path has a segment `.`', 'write the path without it'],
    ['up before a star', grantPath('a/..*'), place, 'the path has a segment `..`', 'write the path without it'],
    [
      'star in the middle',
      grantPath('a*/b'),
      place,
      '`*` is not the last character',
      'write `+` for one whole segment',
    ],
    ['two stars', grantPath('a/**'), place, '`*` is not the last character', 'write `+` for one whole segment'],
    [
      'plus in a segment',
      grantPath('a/b+'),
      place,
      '`+` is not a whole segment',
      'write `+` alone between two slashes',
    ],
    ['plus and star', grantPath('a/+*'), place, '`+*` means nothing to the server', 'write `*` or `+/*`'],
    [
      'template',
      grantPath('"{{identity.entity.id}}/a"'),
      place,
      'the path has a character that is not allowed',
      'use letters, digits, `.`, `_` and `-`',
    ],
    [
      'Terraform',
      grantPath('"${a}"'),
      place,
      'the path has a character that is not allowed',
      'use letters, digits, `.`, `_` and `-`',
    ],
    ['nothing', grantPath('""'), place, 'the path has an empty segment', 'write one slash between segments'],
  ]);

  it.each(['a', 'a/*', '"*"', '+/a', 'a/+/b*', 'a/+', 'A.b_c-d/.x'])('accepts %s', (path) => {
    expect(problemsOf(grantPath(path))).toEqual([]);
  });
});

it.each(['permit-pty', 'permit-X11-forwarding', 'no-touch-required', 'login@github.com'])(
  'the extension %s of OpenSSH is one',
  (extension) => expect(sshExtensionRule.fault(extension)).toBeUndefined(),
);
