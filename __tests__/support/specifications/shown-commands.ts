import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Toolbox } from '../../../local/toolbox/toolbox';
import { dialects, type Dialect } from '../../../model/dialect';
import { writeOwners } from '../inventory/with-owners';
import { writeFilesIn } from '../inventory/write-files';
import { TestReplica } from '../replica/replica';

const encrypting = '[encrypt, decrypt, rewrap, datakey, hmac, verify, rotate, read]';

const environment = `description: A place to try commands
cluster: lab
state: {backend: local}
engines: {transit: {}, ssh: {}, keyValue1: {}}
authorities:
  root: {description: Root, commonName: Lab, ttl: 3650d, maxLeafTtl: 365d}
`;

/** A role of each kind whose commands need no other server than this one. */
const tenant = `description: Every kind of role
environments: [devel]
certificates:
  web: {authority: root, use: server, domains: [web.example.com], ttl: 24h}
keys:
  plain: {type: aes256-gcm96}
  lookup: {type: aes256-gcm96, convergent: true}
  mac: {type: hmac}
  rsa: {type: rsa-2048}
  signing: {type: ed25519}
sshRoles:
  hosts: {certificateType: host, principals: [web-1.example.com], ttl: 90d}
  deploy: {certificateType: user, principals: [deploy, ops], ttl: 1h}
policies:
  - name: app
    environments: [devel]
    reason: All that there is
    grants:
      - {path: tests/one, operations: [create, update, read]}
      - {path: reports/monthly, operations: [create]}
      - {path: reports/, operations: [list]}
      - {document1: legacy, operations: [create, read, update]}
      - {certificate: web, operations: [issue, sign, revoke]}
      - {key: plain, operations: ${encrypting}}
      - {key: lookup, operations: [datakey, rewrap, decrypt, encrypt]}
      - {key: mac, operations: [verify, hmac]}
      - {key: rsa, operations: [encrypt, decrypt, sign, verify, datakey]}
      - {key: signing, operations: [verify, sign]}
      - {ssh: hosts}
      - {ssh: deploy}
`;

/** Files that the commands read, made as a user would make them. */
const preparation = `
umask 077
printf 'a text' > plain
printf 'customer 7' > context
printf '{"n": 1}' > document.json
for name in id_ed25519 ssh_host_ed25519_key; do ssh-keygen -q -t ed25519 -N '' -f $name; done
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout private.key -subj /CN=web.example.com -out request.csr 2> req.log
`;

/** A certificate and its key, as `issued.json` has them, in the files that a revocation reads. */
const unpack = `node -e 'const {data} = JSON.parse(require("fs").readFileSync("issued.json"));
require("fs").writeFileSync("certificate.pem", data.certificate);
require("fs").writeFileSync("private.key", data.private_key)'`;

/** Every command that `tenant show` prints is run in a shell, in the order in which it is printed. */
export function describeShownCommands(dialect: Dialect): void {
  const replica = new TestReplica(dialect, 'lab');
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-commands-'));
  const inventory = path.join(folder, 'inventory');
  const { envPrefix: prefix, binary } = dialects[dialect];

  const write = (file: string, text: string): void => writeFilesIn(inventory, { [file]: text });

  beforeAll(async () => {
    write(
      'clusters/lab.yaml',
      `description: Lab\ndialect: ${dialect}\naddress: https://vault.lab.example.com\nstate: {backend: local}\n`,
    );
    write('environments/devel.yaml', environment);
    write('tenants/shop/basket.yaml', tenant);
    writeOwners(inventory);
    mkdirSync(path.join(folder, 'bin'));
    const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
    const { path: program } = await toolbox.server(dialect, () => undefined);
    symlinkSync(program, path.join(folder, 'bin', binary));
    await replica.start('devel', '--inventory', inventory);
  }, 300_000);
  afterAll(async () => {
    await replica.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('all succeed', async () => {
    const show = ['--inventory', inventory, 'tenant', 'show', 'shop/basket', '--environment', 'devel'];
    const { stdout } = await replica.platform(...show);
    const roles = stdout.split('\n\n').filter((block) => /^basket[-.][\w.-]*-role\n/.test(block));
    expect(roles).toHaveLength(3);
    const address = await replica.cluster.activeAddress();
    for (const block of roles) {
      const [role = '', ...lines] = block.split('\n');
      const commands = lines.filter((line) => !line.startsWith('  #')).map((line) => line.trim());
      const directory = path.join(folder, role);
      mkdirSync(directory);
      const script = [
        'set -eu -o pipefail',
        // The text of the command as it is printed, so without secrets.
        `trap 'echo "failed: $BASH_COMMAND" >&2' ERR`,
        `cd ${directory}`,
        `PATH=${path.join(folder, 'bin')}:$PATH`,
        preparation,
        `export ${prefix}_TOKEN=$(cat ${replica.cluster.adminTokenFile}) ${prefix}_CACERT=${replica.cluster.caFile}`,
        ...commands.flatMap((command) => [
          command.startsWith(`export ${prefix}_ADDR=`) ? `export ${prefix}_ADDR=${address}` : command,
          ...(command.endsWith('> issued.json)') ? [unpack] : []),
        ]),
      ];
      const result = await replica.shell(script.join('\n'));
      expect(result.exitCode === 0 ? '' : result.stderr).toBe('');
      if (!role.includes('app')) continue;
      expect(readFileSync(path.join(directory, 'plain'), 'utf8')).toBe('a text');
      expect(commands.length).toBeGreaterThan(30);
    }
  });
}
