import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { currentContext } from '../../cli/context';
import { logs } from '../../cli/logs';
import { ClusterLayout } from '../../local/cluster/layout';
import { captureOutput } from '../support/captured-output';

let home: string;
let printed: ReturnType<typeof captureOutput>;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'vault-platform-logs-'));
  printed = captureOutput();
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(home, { recursive: true });
});

/** The files of an embedded cluster with one node that wrote two lines, and a database that wrote none. */
function addCluster(name: string, dialect: 'openbao' | 'vault'): void {
  const layout = new ClusterLayout(path.join(home, name));
  const { logFile } = layout.node('node-1');
  mkdirSync(path.dirname(logFile), { recursive: true });
  const nodes = [{ name: 'node-1', apiPort: 1, clusterPort: 2 }];
  writeFileSync(layout.settingsFile, JSON.stringify({ dialect, postgresqlPort: 3, nodes }));
  writeFileSync(logFile, `first\n${name}\n`);
}

const print = (part?: string, lines = 10): Promise<void> =>
  logs({ ...currentContext({}), home }, part, { lines, follow: false });

describe('platform logs', () => {
  it('prints the last lines of each log, with its name', async () => {
    addCluster('nonprod-openbao', 'openbao');
    await print(undefined, 1);
    expect(printed.text).toBe('node-1      nonprod-openbao\n');
  });

  it.each([
    ['the name of the cluster in the inventory', 'prod', ['prod-openbao', 'prod-vault']],
    ['the name of the replica', 'prod-vault', ['prod-vault']],
    ['the name of a server', 'nonprod-openbao/node-1', ['nonprod-openbao']],
  ])('prints those of %s', async (_, part, expected) => {
    addCluster('nonprod-openbao', 'openbao');
    addCluster('prod-openbao', 'openbao');
    addCluster('prod-vault', 'vault');
    await print(part, 1);
    expect(
      printed.text
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ +/)),
    ).toEqual(expected.map((name) => [`${name}/node-1`, name]));
  });

  it('reports an unknown log with the names of logs and clusters', async () => {
    addCluster('nonprod-openbao', 'openbao');
    await expect(print('nonprd-openbao')).rejects.toThrow(
      /unknown log\n.*nonprd-openbao\n.*node-1.*postgresql.*nonprod-openbao\n.*nonprod-openbao/,
    );
  });

  it('reports that nothing was started', async () => {
    await expect(print('nonprod')).rejects.toThrow(/there is no embedded cluster\n.*npm start/);
  });
});
