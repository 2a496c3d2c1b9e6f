import { loadInventory } from '../../../model/load';
import { suggestOwners, withChanges } from '../../../model/ownership/suggest-owners';
import { inventoryFiles } from '../small-inventory';
import { everyEngine } from './every-engine';

const environment = 'environments/devel.yaml';
const tenant = (lines: string, environments = 'devel'): string =>
  `description: Baskets\nenvironments: [${environments}]\n${lines}\n`;
const ssh = (...principals: string[]): string =>
  `sshRoles:\n${principals.map((name) => `  ${name}: {certificateType: user, principals: [${name}], ttl: 1h}`).join('\n')}`;

const everything = `${ssh('ops', 'deploy')}
certificates:
  web: {authority: services, use: server, domains: [basket.example.com], ttl: 1d}
databases:
  books: {connection: books, kind: dynamic, memberOf: [reader], ttl: 1h}
awsRoles:
  upload: {kind: assumed-role, roleArns: ['arn:aws:iam::111122223333:role/upload'], ttl: 30m}
policies:
  - name: app
    environments: [devel]
    reason: The program
    grants: [{path: configs, operations: [read]}]
    logins:
      - {type: kubernetes, serviceAccounts: [basket], namespaces: [shop]}
      - {type: jwt, audiences: [vault], boundClaims: {repository: [shop/basket]}}
      - {type: ldap, groups: [Shop, "Ops: all"]}
      - {type: aws, authType: iam, iamPrincipalArns: ['arn:aws:iam::111122223333:role/basket']}`;

const files = (texts: Readonly<Record<string, string>>): ReturnType<typeof inventoryFiles> =>
  inventoryFiles({}, { ...everyEngine, 'tenants/shop/basket.yaml': tenant(everything, 'devel, stag'), ...texts });

const devel = String(everyEngine[environment]);

it.each([
  ['no owners', devel],
  ['lines that end with \\r\\n', `${devel}owners: {}\n`.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\uFEFF${devel}`],
  ['no end of the last line', `${devel}# the end`],
  ['an entry of its own', `${devel}owners:\n  ssh:\n    - {for: [shop], principals: [ops], maxTtl: 1h} # all of us\n`],
  ['entries of another tenant', `${devel}owners: {ssh: [{for: [pay/ledger], principals: [audit], maxTtl: 1h}]}\n`],
])('allows all that tenants use where a file has %s, and nothing more the second time', (_, text) => {
  const given = files({ [environment]: text, 'tenants/pay/ledger.yaml': tenant(ssh('audit')) });
  const suggested = suggestOwners(given);
  const changed = withChanges(given, suggested.files);
  expect(suggested.files.map(({ path }) => path)).toEqual([environment, 'environments/stag.yaml']);
  expect(suggested.uses).toBeGreaterThan(10);
  expect(() => loadInventory(changed)).not.toThrow();
  expect(suggestOwners(changed)).toEqual({ files: [], uses: 0 });
  const bytes = Buffer.from(suggested.files[0]!.bytes).toString();
  expect(bytes.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
  expect(bytes).toContain(text.trimEnd().split(/\r?\n/).at(0));
});

it('declares what two teams have as shared, with a reason to replace', () => {
  const given = files({ 'tenants/pay/ledger.yaml': tenant(ssh('ops')) });
  const [file] = suggestOwners(given).files;
  expect(Buffer.from(file!.bytes).toString()).toMatch(
    /for: \[(shop\/basket, pay\/ledger|pay\/ledger, shop\/basket)\]\n {6}principals: \[ops\]\n.*\n? *shared: Several teams had it/,
  );
});

describe('what keeps entries from being written', () => {
  it('is an alias in the way', () => {
    const text = `${devel}quotas: &none {}\nowners: *none\n`;
    expect(() => suggestOwners(files({ [environment]: text }))).toThrow(
      /devel\.yaml.*an alias of YAML stands in the way/,
    );
  });

  it('is an empty file, as for every command', () => {
    expect(() => suggestOwners(files({ [environment]: '' }))).toThrow(/devel\.yaml:1:1 {2}the file is empty/);
  });

  it('is a size that no file may have, with the way out', () => {
    const text = `${devel}# ${'x'.repeat(1024 * 1024 - devel.length - 100)}\n`;
    expect(() => suggestOwners(files({ [environment]: text }))).toThrow(
      /devel\.yaml.*with the entries for 10 uses, the file has \d+ bytes, more than 1048576\n.*write entries for teams, with patterns/,
    );
  });
});
