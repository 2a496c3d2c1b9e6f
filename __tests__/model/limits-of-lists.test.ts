import { loadInventory } from '../../model/load';
import {
  environment,
  environmentFile,
  exception,
  filesWith,
  load,
  override,
  problemsOf,
  tenantFile,
} from './limited-inventory';

describe('other limits', () => {
  const networks = 'limits: {networks: [10.40.0.0/16, 192.0.2.0/24]}\n';
  const lists = (list: string): string => `appRole: {tokenBoundCidrs: ${list}, secretIdBoundCidrs: ${list}}\n`;

  it.each([
    [
      'as many uses of a SecretID as allowed',
      'limits: {secretIdNumUses: 9}\nappRole: {secretIdNumUses: 5}\n',
      'appRole: {secretIdNumUses: 9}\n',
    ],
    ['any number of uses, by default', '', 'appRole: {secretIdNumUses: 0}\n'],
    [
      'any number of uses by exception',
      `limits:\n  secretIdNumUses: 9\n${exception('secretIdNumUses', '0')}appRole: {secretIdNumUses: 5}\n`,
      'appRole: {secretIdNumUses: 0}\n',
    ],
    ['batch tokens, by default', '', 'appRole: {tokenType: batch}\n'],
    [
      'batch tokens by exception',
      `limits:\n  tokenTypes: [service]\n${exception('tokenTypes', '[batch, service]')}`,
      'appRole: {tokenType: batch}\n',
    ],
    ['networks, if there is no limit', '', lists('[10.9.0.0/16]')],
    ['networks inside of the limit', networks, lists("[10.40.16.0/20, 192.0.2.0/24, '10.40.0.7/32']")],
    ['networks inside of those of the environment', lists('[10.40.0.0/16]'), lists('[10.40.1.0/24]')],
    [
      'other networks by exception',
      `limits:\n  networks: [10.40.0.0/16]\n${exception('networks', '[10.50.0.0/16]')}`,
      lists('[10.50.7.0/24, 10.40.0.0/16]'),
    ],
    ['networks of IPv6', "limits: {networks: ['fd00:12::/32']}\n", lists("['fd00:12:7::/48']")],
  ])('allow %s', (_, limits, settings) => {
    expect(problemsOf(limits, settings)).toEqual([]);
  });

  it.each([
    [
      'more uses of a SecretID',
      'limits: {secretIdNumUses: 9}\nappRole: {secretIdNumUses: 5}\n',
      'appRole: {secretIdNumUses: 10}\n',
      '10',
      '1 to 9',
      'write 9 or less',
      'limit: secretIdNumUses, to: 10',
    ],
    [
      'any number of uses',
      'limits: {secretIdNumUses: 9}\nappRole: {secretIdNumUses: 5}\n',
      'appRole: {secretIdNumUses: 0}\n',
      '0, which is any number',
      '1 to 9',
      'write 9 or less',
      'limit: secretIdNumUses, to: 0',
    ],
    [
      'another type of token',
      'limits: {tokenTypes: [service]}\n',
      'appRole: {tokenType: batch}\n',
      'batch',
      'service',
      'write `tokenType: service`',
      'limit: tokenTypes, to: [batch]',
    ],
    [
      'another network',
      networks,
      'appRole: {tokenBoundCidrs: [10.40.1.0/24, 10.41.0.0/24]}\n',
      '10.41.0.0/24',
      'networks inside of 10.40.0.0/16, 192.0.2.0/24',
      'name a part of these',
      "limit: networks, to: ['10.41.0.0/24']",
    ],
    [
      'a wider network',
      networks,
      'appRole: {secretIdBoundCidrs: [10.0.0.0/8]}\n',
      '10.0.0.0/8',
      'networks inside of 10.40.0.0/16, 192.0.2.0/24',
      'name a part of these',
      "limit: networks, to: ['10.0.0.0/8']",
    ],
    [
      'a network of another family',
      networks,
      "appRole: {secretIdBoundCidrs: ['::/16']}\n",
      '::/16',
      'networks inside of 10.40.0.0/16, 192.0.2.0/24',
      'name a part of these',
      "limit: networks, to: ['::/16']",
    ],
    [
      'a network beside those of the environment',
      'appRole: {tokenBoundCidrs: [10.40.0.0/16]}\n',
      override('tokenBoundCidrs: [10.41.0.0/16]'),
      '10.41.0.0/16',
      'networks inside of 10.40.0.0/16',
      'name a part of these',
      "limit: networks, to: ['10.41.0.0/16']",
    ],
  ])('refuse %s', (_, limits, settings, given, allowed, instead, entry) => {
    expect(problemsOf(limits, settings)).toMatchObject([
      {
        file: `inventory/${tenantFile}`,
        given,
        allowed,
        fix: `${instead}, or have those who own inventory/environments/prod.yaml add {for: [payments/ledger], ${entry}, reason: …, until: …} to its \`limits.exceptions\``,
      },
    ]);
  });

  it('are the default of networks, so that no list is not every address', () => {
    const [first] = load(networks, 'appRole: {tokenTtl: 5m}\n').tenants;
    expect(first?.environments[0]?.appRole).toMatchObject({
      tokenBoundCidrs: ['10.40.0.0/16', '192.0.2.0/24'],
      secretIdBoundCidrs: ['10.40.0.0/16', '192.0.2.0/24'],
    });
  });

  it('concern batch tokens of token roles, whose lifetime their creators choose', () => {
    const broker = `appRole: {tokenType: batch}
policies:
  - name: broker
    environments: [prod]
    reason: Creates tokens
    grants: [{path: configs, operations: [read]}]
    logins: [{type: token, orphan: true, renewable: false}]
`;
    expect(problemsOf('', broker)).toMatchObject([
      {
        message: 'type is beyond the limit of prod: whoever creates a batch token chooses its lifetime',
        given: 'up to 32d',
      },
    ]);
    expect(problemsOf(`limits:\n${exception('tokenMaxTtl', '32d')}`, broker)).toEqual([]);
  });
});

describe('the defaults of an environment', () => {
  it.each([
    [
      'tokenMaxTtl',
      'appRole: {tokenMaxTtl: 32d}\n',
      'tokenMaxTtl is beyond the limit of prod',
      'shorten tokenMaxTtl, or change `limits.tokenMaxTtl`',
    ],
    [
      'the built-in secretIdTtl',
      'limits: {secretIdTtl: 7d}\n',
      'the default of secretIdTtl is beyond the limit',
      'add `secretIdTtl` to appRole, or change `limits.secretIdTtl`',
    ],
    [
      'the built-in number of uses',
      'limits: {secretIdNumUses: 7}\n',
      'the default of secretIdNumUses is beyond the limit',
      'add `secretIdNumUses` to appRole, or change `limits.secretIdNumUses`',
    ],
    [
      'the built-in type of tokens',
      'limits: {tokenTypes: [batch]}\n',
      'the default of tokenType is beyond the limit',
      'add `tokenType` to appRole, or change `limits.tokenTypes`',
    ],
    [
      'networks',
      'limits: {networks: [10.0.0.0/8]}\nappRole: {tokenBoundCidrs: [11.0.0.0/8]}\n',
      'tokenBoundCidrs is beyond the limit of prod',
      'name a part of these, or change `limits.networks`',
    ],
    [
      'credentials of AWS',
      'limits: {credentialTtl: 6h}\n',
      'maxTtl is beyond the limit of prod',
      'shorten maxTtl, or change `limits.credentialTtl`',
    ],
  ])('are within its own limits: %s', (_, limits, message, fix) => {
    expect(problemsOf(limits)).toMatchObject([{ file: `inventory/${environmentFile}`, message, fix }]);
  });

  it('are within its own limits: certificates by ACME', () => {
    const text = environment.replace('maxLeafTtl: 365d', 'maxLeafTtl: 365d, acme: true');
    const files = filesWith('', '').map((file) =>
      file.path === environmentFile ? { path: file.path, bytes: Buffer.from(text) } : file,
    );
    expect(() => loadInventory(files)).toThrow(/maxLeafTtl is beyond the limit of prod/);
  });

  it('are within its own limits: tokens by LDAP, which has only the tuning of the method', () => {
    expect(problemsOf('trusts: [office]\n')).toEqual([]);
    expect(problemsOf('trusts: [office, corporate]\n')).toMatchObject([
      {
        message:
          'tokens of `corporate` are beyond the limit of prod: for LDAP, servers use the tuning of the method alone',
        given: '32d',
        allowed: 'up to 1d',
        fix: 'write `tuning: {maxLeaseTtl: 1d}` below `auth.corporate` in inventory/clusters/west.yaml, or change `limits.tokenMaxTtl` here',
      },
    ]);
  });
});

describe('an exception', () => {
  it.each([
    ['an unknown tenant', exception('secretIdTtl', '32d', 'payments/leger'), 'unknown tenant'],
    [
      'no day',
      '  exceptions: [{for: [payments/ledger], limit: secretIdTtl, to: 32d, reason: x}]\n',
      'the key `until` is missing',
    ],
    [
      'no reason',
      '  exceptions: [{for: [payments/ledger], limit: secretIdTtl, to: 32d, until: 2027-03-01}]\n',
      'the key `reason` is missing',
    ],
    ['no limit that there is', exception('lifetime', '32d'), 'wrong value for `limits.exceptions[0].limit`'],
    ['a number for a lifetime', exception('secretIdTtl', '32'), 'wrong value for `limits.exceptions[0].to`'],
    ['a lifetime that servers cut', exception('secretIdTtl', '365d'), 'the duration is too long'],
  ])('with %s is refused', (_, text, message) => {
    expect(problemsOf(`limits:\n${text}`).map((problem) => problem.message)).toEqual([message]);
  });

  it('for a tenant of another environment is refused', () => {
    const other = {
      path: 'environments/devel.yaml',
      bytes: Buffer.from(`${environment}limits:\n${exception('sshTtl', '2d')}`),
    };
    expect(() => loadInventory([...filesWith('', ''), other])).toThrow(/this tenant is not in the environment/);
  });
});
