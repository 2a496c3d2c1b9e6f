import { agentSecret } from '../../model/names';
import { chosenPattern } from '../../model/tenant/chosen-pattern';
import { richInventory } from './rich-inventory';
import { load, problemsOf } from './small-inventory';
import { edited, specifyEdits } from './specify';
import type { Edit } from './specify';

const bus = 'tenants/streaming/bus.yaml';
const inBus = (find: string, replacement: string): Edit => [bus, find, replacement];
const document = '- {path: configs, file: configs.json}';

describe('agents', () => {
  const [inDevel, inStag] = load({}, richInventory).tenants[0]?.environments ?? [];

  it('are in the environments of their policy, and log in with its role', () => {
    expect(inStag?.agents.map(({ name, policy, directory }) => [name, policy, directory])).toEqual([
      ['broker', inStag?.policies[0], '/etc/bus/stag'],
    ]);
  });

  it('write certificates by the tenant’s roles, and documents', () => {
    expect(inDevel?.agents[0]?.files).toEqual([
      {
        type: 'certificate',
        name: 'broker',
        role: inDevel?.certificates[0],
        commonName: 'devel.kafka.example.com',
        altNames: ['one.devel.kafka.example.com'],
        ipAddresses: ['10.0.0.7'],
        ttlSeconds: 43_200,
        format: 'java',
      },
      { type: 'document', path: 'configs', name: 'configs.json' },
    ]);
    expect(inDevel?.agents[0]?.command).toEqual(['systemctl', 'reload', 'bus']);
  });

  it('can run a command with a repeated argument', () => {
    const text = edited(inBus('[systemctl, reload, bus]', '[bus, bus]'));
    expect(load({ [bus]: text }, richInventory).tenants[0]?.environments[0]?.agents[0]?.command).toEqual([
      'bus',
      'bus',
    ]);
  });

  it('have Secrets whose names Kubernetes accepts', () => {
    const files = ['App_Config.json', '.env', 'a-.-b', 'Broker'].map((file) => `- {path: configs, file: ${file}}`);
    const text = edited(inBus(document, files.join('\n      ')));
    expect(problemsOf({ [bus]: text }, richInventory).map(({ message }) => message)).toEqual([
      'the Kubernetes Secret `bus-broker-broker` would exist twice',
    ]);
    const names = ['App_Config.json', '.env', 'a-.-b', 'key.pem'].map((file) => agentSecret('bus-broker', file));
    expect(names).toEqual(['bus-broker-app-config.json', 'bus-broker-env', 'bus-broker-a.b', 'bus-broker-key.pem']);
  });

  specifyEdits([
    [
      'a file whose Secret would have no name',
      inBus(document, '- {path: configs, file: _-_}'),
      '_-_',
      'Kubernetes accepts no Secret of this name, which ends in the name of the file',
      'choose another name for the file, with a letter or a digit in it',
    ],
    [
      'a directory of the system',
      inBus('directory: /etc/bus/{environment}', 'directory: /var/tmp/bus-{environment}'),
      '/var/tmp',
      '/var/tmp belongs to the system, and an agent cannot write below it',
      'write for example /etc/<program>/<folder> or /run/<program>',
    ],
    [
      'a policy that there is not',
      inBus('policy: program', 'policy: progam'),
      'progam',
      'unknown policy',
      'write `program`',
    ],
    [
      'a policy for people',
      inBus(
        "      - {type: approle}\n      - {type: kubernetes, serviceAccounts: [broker], namespaces: ['bus-{environment}']}\n",
        '',
      ),
      'program\n    directory',
      'an agent cannot log in with this policy',
      'add `- type: approle` or `- type: kubernetes` to the logins of the policy',
    ],
    [
      'a certificate that the tenant does not have',
      inBus('- name: broker\n', '- name: brokr\n'),
      'brokr',
      'unknown certificate',
      'write `broker`',
    ],
    [
      'a certificate that the policy does not issue',
      inBus('{certificate: broker, operations: [issue, revoke]}', '{certificate: broker, operations: [sign]}'),
      'broker\n        commonName',
      'the policy of the agent does not allow it to issue the certificate `broker`',
      'add `certificate: broker` to the grants of the policy',
    ],
    [
      'a name that the certificate cannot have',
      inBus("commonName: '{environment}.kafka", "commonName: '{environment}-kafka"),
      "'{environment}-kafka",
      'the certificate `broker` does not allow this name',
      'write one of these, or add it to the domains of certificates.broker',
    ],
    [
      'an address that it cannot have',
      inBus('ipAddresses: true', 'ipAddresses: false'),
      '[10.0.0.7]',
      'the certificate `broker` does not allow IP addresses',
      'remove them, or write `ipAddresses: true` in certificates.broker',
    ],
    [
      'a life that it cannot have',
      inBus('ttl: 12h', 'ttl: 8d'),
      '8d',
      'ttl exceeds the maxTtl of the certificate `broker`',
      'shorten it, or lengthen maxTtl in certificates.broker',
    ],
    [
      'a document that the policy does not read',
      inBus(document, '- {path: secrets/one, file: one.json}'),
      'secrets/one',
      'the policy of the agent does not allow it to read `secrets/one`',
      'add `path: secrets/one` to the grants of the policy, with `operations: [read]`',
    ],
    [
      'a document that a more exact rule takes away',
      inBus(
        '{path: configs, operations: [read]}',
        "{path: configs, operations: [update]}\n      - {path: '*', operations: [read]}",
      ),
      'configs, file',
      'the policy of the agent does not allow it to read `configs`',
      'add `path: configs` to the grants of the policy, with `operations: [read]`',
    ],
    [
      'a file that the certificate has',
      inBus('file: configs.json', 'file: broker.pem'),
      'broker.pem',
      'agents would write the file `broker.pem` twice into the same directory',
      'choose another name, or another directory',
    ],
    [
      'a document whose Secret is that of a certificate',
      inBus('file: configs.json', 'file: broker'),
      'broker',
      'the Kubernetes Secret `bus-broker-broker` would exist twice',
      'choose another name',
    ],
    [
      'a document whose template is that of a Secret',
      inBus('file: configs.json', 'file: secret-broker'),
      'secret-broker',
      'the agent would have two templates `secret-broker`',
      'choose another name',
    ],
    [
      'a file in another folder',
      inBus('file: configs.json', 'file: ../configs.json'),
      '../configs',
      'this cannot name a file',
      'write letters, digits, `.`, `_` and `-`',
    ],
    [
      'a pattern for a document',
      inBus('{path: configs, file', "{path: '*', file"),
      "'*'",
      'this is not the path of a document',
      'name one document, without `*`, `+` and outer slashes',
    ],
    [
      'a folder that is not absolute',
      inBus('directory: /etc/bus/{environment}', 'directory: /etc/../{environment}'),
      '/etc/..',
      'this is not the path of a folder',
      'write it from the root, of letters, digits, `.`, `_` and `-`, without a slash at the end',
    ],
  ]);

  describe.each(['pem', 'java'])('with a certificate in the format %s', (format) => {
    const withDocument = (file: string): string =>
      edited(inBus('format: java', `format: ${format}`)).replace('file: configs.json', () => `file: ${file}`);

    it.each(['broker.pem', 'broker.ca.pem'])('cannot write a document into its file %s', (file) => {
      expect(problemsOf({ [bus]: withDocument(file) }, richInventory)).toEqual([
        expect.objectContaining({
          message: `agents would write the file \`${file}\` twice into the same directory`,
          given: `${file}, of the document configs of the agent broker`,
        }),
      ]);
    });

    it.each(['broker.crt', 'broker.key', 'broker.ca'])('can write a document into %s', (file) => {
      expect(problemsOf({ [bus]: withDocument(file) }, richInventory)).toEqual([]);
    });
  });

  describe('of one tenant', () => {
    const second = (directory: string, file: string): string => `  second:
    policy: program
    directory: ${directory}
    documents:
      - {path: configs, file: ${file}}
`;
    const withSecond = (directory: string, file: string): string =>
      edited(inBus('overrides:\n', `${second(directory, file)}overrides:\n`));

    it('cannot write the same file into the same directory', () => {
      for (const file of ['configs.json', 'broker.pem']) {
        const found = problemsOf({ [bus]: withSecond('/etc/bus/{environment}', file) }, richInventory);
        expect(found.map(({ message, fix }) => [message, fix])).toEqual([
          [
            `agents would write the file \`${file}\` twice into the same directory`,
            'choose another name, or another directory',
          ],
        ]);
      }
    });

    it('can write other files in the directory, and the same file in another', () => {
      expect(problemsOf({ [bus]: withSecond('/etc/bus/{environment}', 'other.json') }, richInventory)).toEqual([]);
      expect(problemsOf({ [bus]: withSecond('/etc/second', 'configs.json') }, richInventory)).toEqual([]);
    });
  });

  it('write something', () => {
    const text = edited(inBus(`    documents:\n      ${document}\n`, '')).replace(
      / {4}certificates:\n(?: {6,8}.*\n)+/,
      '',
    );
    expect(problemsOf({ [bus]: text }, richInventory).map(({ message }) => message)).toEqual([
      'the agent writes nothing',
    ]);
  });

  it('are not checked if their policies have problems', () => {
    const text = edited(inBus('{path: configs, operations: [read]}', '{path: configs, operations: [raed]}'));
    expect(problemsOf({ [bus]: text }, richInventory)).toHaveLength(1);
  });
});

describe('the pattern that a server chooses', () => {
  it.each([
    ['a/b', ['a/*', 'a/b', '+/b'], 'a/b'],
    ['a/b', ['*', 'a*', 'a/*'], 'a/*'],
    ['a/b', ['a/*', 'a/+'], 'a/+'],
    ['a/b/c', ['a/+/c', '+/b/c', 'a/+/+'], 'a/+/c'],
    ['a/b/c', ['+/b/*', '+/*'], '+/b/*'],
    ['a/b/c', ['a/*'], 'a/*'],
    ['a', ['a/*', 'a/+', 'b'], undefined],
    ['a/b', ['a', 'a/b/+', '+'], undefined],
  ])('for %s among %j is %s', (path, patterns, chosen) => {
    expect(chosenPattern(patterns, path)).toBe(chosen);
    expect(chosenPattern([...patterns].reverse(), path)).toBe(chosen);
  });
});
