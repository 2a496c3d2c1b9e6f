import { dialects } from '../../model/dialect';
import { edit, kubernetesCluster } from './kubernetes-inventory';
import { specifyEdits } from './specify';

const [, vaultDigest = ''] = dialects.vault.image.split('@');

describe('values of `kubernetes`', () => {
  specifyEdits([
    [
      'a context with spaces',
      edit('context: zurich', 'context: a b'),
      'a b',
      'this cannot be the name of a context',
      'write it as `kubectl config get-contexts` shows it',
    ],
    [
      'a namespace in capitals',
      edit('namespace: vault', 'namespace: Vault'),
      'Vault',
      'this cannot be a name in Kubernetes',
      'write up to 63 lower-case letters, digits and dashes',
    ],
    [
      'an image without a digest',
      edit(`@${vaultDigest}`, ''),
      'registry.example.com/vault:1.21.4',
      'this image has no digest, so users who may push to its registry can replace it',
      "add `@` and the digest, which `crane digest registry.example.com/vault:1.21.4` or `docker buildx imagetools inspect registry.example.com/vault:1.21.4 --format '{{.Manifest.Digest}}'` prints",
    ],
    [
      'an image whose digest is cut off',
      edit(vaultDigest, vaultDigest.slice(0, -1)),
      `registry.example.com/vault:1.21.4@${vaultDigest.slice(0, -1)}`,
      'this is not an image with a digest',
      'write its name, a colon and its tag, and `@sha256:` with 64 hexadecimal digits',
    ],
    [
      'a number of servers without a majority to spare',
      edit('replicas: 5', 'replicas: 4'),
      '4',
      'wrong value for `kubernetes.replicas`',
      'write 3 or 5',
    ],
    [
      'processors in another unit',
      edit('cpuRequest: 250m', 'cpuRequest: 0.25'),
      '0.25',
      'wrong value for `kubernetes.resources.cpuRequest`',
      'write processors such as 500m (half of one) or 2',
    ],
    [
      'memory in another unit',
      edit('memoryLimit: 2Gi', 'memoryLimit: 2GB'),
      '2GB',
      'this is not an amount of memory or storage',
      'write a whole number and one of the units Ki, Mi, Gi, Ti',
    ],
    [
      'a label that YAML takes for something else',
      edit('{pool: vault}', '{pool: true}'),
      'true',
      'wrong value for `kubernetes.placement.nodeSelector.pool`',
      'write `"true"`: quotes make a text of it',
    ],
    [
      'the key of a label with a space',
      edit('{pool: vault}', '{node pool: vault}'),
      'node pool',
      'this cannot be the key of a label',
      'write up to 63 letters, digits, `.`, `_` and `-`, behind a domain and `/` where it has one',
    ],
    [
      'a taint twice',
      edit('{key: spot}', '{key: dedicated, value: vault, effect: NoSchedule}'),
      '{key: dedicated, value: vault, effect: NoSchedule}]',
      'this repeats entry 1 ({"key":"dedicated","value":"vault","effect":"NoSchedule"})',
      'remove one of the two',
    ],
    [
      'an unknown key',
      edit('priorityClass: platform', 'priorityClas: platform'),
      'priorityClas',
      'unknown key `priorityClas`',
      'write `priorityClass`',
    ],
    [
      'too short a time to end',
      edit('terminationGrace: 2m', 'terminationGrace: 5s'),
      '5s',
      'the duration is too short',
      'write 10s or more',
    ],
    [
      'nobody as a client',
      edit('{pods: {app: agent}}', '{}'),
      '{}',
      'this peer selects nothing',
      'add `cidr:` with a network, or `namespaces:` with labels',
    ],
    [
      'a network with labels',
      edit('{cidr: 10.0.0.0/8}', '{cidr: 10.0.0.0/8, pods: {app: x}}'),
      '10.0.0.0/8, pods',
      '`cidr` excludes `namespaces` and `pods`',
      'write an entry for each',
    ],
    [
      'a network with host bits',
      edit('10.1.0.1/32', '10.1.0.1/24'),
      '10.1.0.1/24',
      'the network is not in its canonical form',
      'write 10.1.0.0/24',
    ],
    [
      'a destination that every deployment has',
      edit('directory: {', 'database: {'),
      'database: {',
      '`database` is reserved and cannot name a destination',
      'choose another name; reserved are api-server, database, metadata, metadata-of-node, seal',
    ],
    [
      'a port that there is not',
      edit('port: 5433', 'port: 65536'),
      '65536',
      'wrong value for `kubernetes.storage.postgresql.port`',
      'write a whole number from 1 to 65535',
    ],
    [
      'a Secret in capitals',
      edit('{secret: database, key: file}', '{secret: Database, key: file}'),
      'Database',
      'this cannot be a name in Kubernetes',
      'write lower-case letters, digits and dashes, with dots between them',
    ],
    [
      'a key of a Secret with a slash',
      edit('key: file}', 'key: a/b}'),
      'a/b',
      'this cannot be a key of a Secret',
      'write letters, digits, `.`, `_` and `-`',
    ],
    [
      'a key of KMS that is none',
      edit('keyId: alias/zurich', 'keyId: zurich'),
      'zurich\n      endpoint',
      'this is not the id, alias or ARN of a KMS key',
      'write it whole, for example alias/vault-prod',
    ],
    [
      'a schedule of four fields',
      edit("'0 */6 1-15,20 jan-jun mon'", "'0 2 * *'"),
      "'0 2 * *'",
      'a schedule has five fields',
      "write them with one space between, for example '30 2 * * *' for every night at half past two",
    ],
    [
      'a schedule at an hour that there is not',
      edit("'0 */6 1-15,20 jan-jun mon'", "'0 2,24 * * *'"),
      "'0 2,24 * * *'",
      '`24` is no hour',
      'write numbers from 0 to 23',
    ],
    [
      'a time zone that there is not',
      edit('Europe/Berlin', 'Europe/Berlim'),
      'Europe/Berlim',
      'this is not a time zone',
      'write its name in the time zone database, for example Europe/Berlin',
    ],
    [
      'a private key where dumps are encrypted',
      edit(
        kubernetesCluster.slice(
          kubernetesCluster.indexOf('|\n      -----BEGIN'),
          kubernetesCluster.indexOf('    credentials: backup'),
        ),
        '|\n      -----BEGIN PRIVATE KEY-----\n      AAAA\n      -----END PRIVATE KEY-----\n',
      ),
      '|\n      -----BEGIN PRIVATE',
      'this contains a private key',
      'remove it and create a new one: everyone who can read the inventory knows this one',
    ],
  ]);
});
