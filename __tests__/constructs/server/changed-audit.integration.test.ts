import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { ServerClient } from '../../../client/server-client';
import { connectionUrlVariable, fileAudit, postgresqlStorage } from '../../../constructs/server/configuration';
import { eventually } from '../../support/eventually';
import { startPostgresql, type TestPostgresql } from '../../support/postgresql/database-server';
import { TestServers } from '../../support/processes/test-servers';
import { ConfiguredServer } from '../../support/vault/configured-server';

const password = 'of-this-test';

/** One of three servers of a cluster. */
interface Node {
  readonly server: ConfiguredServer;
  readonly servers: TestServers;
}

describe('a changed audit device of OpenBao', () => {
  let database: TestPostgresql;
  let nodes: Node[] = [];
  let unsealKey: string;
  let token: string;

  const inFolder = ({ servers }: Node, file: string): string => path.join(servers.directory, file);

  async function startNode(): Promise<Node> {
    return await TestServers.use('audit', async (servers) => {
      const authority = path.join(servers.directory, 'database.crt');
      writeFileSync(authority, database.ca);
      const url = `postgres://server:${password}@127.0.0.1:${database.port}/openbao?sslmode=verify-full&sslrootcert=${authority}`;
      const server = await ConfiguredServer.prepare(servers, {
        dialect: 'openbao',
        stanzas: [
          postgresqlStorage('openbao', { maxParallel: 8, maxIdleConnections: 8 }),
          fileAudit('openbao', 'stdout'),
        ],
        environment: { [connectionUrlVariable('openbao')]: url },
      });
      return { server: await server.start(), servers };
    });
  }

  beforeAll(async () => {
    database = await startPostgresql('openbao');
    await database.query(`CREATE ROLE server LOGIN PASSWORD '${password}'`);
    await database.query('GRANT ALL ON SCHEMA public TO server');
    const first = await startNode();
    nodes = [first];
    const answer = await first.server.client.write('sys/init', { secret_shares: 1, secret_threshold: 1 });
    [unsealKey] = answer.keys_base64 as [string];
    token = answer.root_token as string;
    await unseal(first);
    await first.server.becomes('active');
    for (let count = 1; count < 3; count++) {
      const node = await startNode();
      nodes.push(node);
      await unseal(node);
      await node.server.becomes('standby');
    }
  }, 120_000);

  afterAll(async () => {
    for (const { server, servers } of nodes) {
      await server.client.close();
      await servers.dispose();
    }
    await database.dispose();
  });

  const unseal = ({ server }: Node): Promise<unknown> => server.client.write('sys/unseal', { key: unsealKey });

  /** The active server, once there is one. */
  async function active(): Promise<ServerClient> {
    return await eventually('an active server', async () => {
      for (const { server } of nodes) {
        if ((await server.client.health()).state === 'active') return server.client.with({ token });
      }
      return undefined;
    });
  }

  /** Restarts all servers, one after the other, the active one last; each with another audit device. */
  async function rollOut(file: string): Promise<void> {
    const states = await Promise.all(nodes.map(({ server }) => server.client.health()));
    const order = [...nodes.keys()].sort(
      (a, b) => Number(states[a]?.state === 'active') - Number(states[b]?.state === 'active'),
    );
    for (const index of order) {
      const node = nodes[index]!;
      const configuration = JSON.parse(readFileSync(inFolder(node, 'server.json'), 'utf8')) as object;
      const changed = { ...configuration, ...fileAudit('openbao', file) };
      writeFileSync(inFolder(node, 'server.json'), JSON.stringify(changed));
      await node.server.stop();
      await node.server.start();
      await unseal(node);
      const client = await active();
      // Every request is refused that no device can log.
      await client.write('sys/policies/acl/rollout', { policy: `# ${file} ${index}` });
    }
  }

  it('leaves a cluster that elects a leader, and only the new device logs', async () => {
    const client = await active();
    const audit = async (from: ServerClient): Promise<unknown> => (await from.read('sys/audit')).data;
    expect(await audit(client)).toMatchObject({ 'file/': { options: { file_path: 'stdout' } } });

    const [first] = nodes as [Node];
    // On this machine the servers share the file.
    const file = inFolder(first, 'audit.log');
    await rollOut(file);
    const after = await active();
    const devices = Object.entries((await audit(after)) as Record<string, { options: unknown }>);
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject([expect.stringMatching(/^file-[0-9a-f]{8}\/$/), { options: { file_path: file } }]);
    await after.read('sys/policies/acl/rollout');
    expect(readFileSync(file, 'utf8')).toContain('sys/policies/acl/rollout');

    // A leader change after the rollout, with no server of the old configuration left.
    await after.write('sys/step-down');
    await (await active()).read('sys/policies/acl/rollout');

    await rollOut('stdout');
    const logged = readFileSync(file, 'utf8');
    expect(Object.keys((await audit(await active())) as object)).toEqual(['file/']);
    expect(readFileSync(file, 'utf8')).toBe(logged);
  }, 300_000);
});
