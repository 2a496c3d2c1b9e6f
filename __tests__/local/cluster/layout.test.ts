import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { ClusterLayout } from '../../../local/cluster/layout';

describe('ClusterLayout', () => {
  let layout: ClusterLayout;

  beforeEach(() => {
    layout = new ClusterLayout(mkdtempSync(path.join(os.tmpdir(), 'layout-')));
  });

  afterEach(() => rmSync(layout.directory, { recursive: true }));

  it('chooses different free ports once, and keeps them', async () => {
    const first = await layout.prepareSettings('openbao', 3, {});
    layout.writeSettings(first);
    const ports = [first.postgresqlPort, ...first.nodes.flatMap(({ apiPort, clusterPort }) => [apiPort, clusterPort])];
    expect(new Set(ports).size).toBe(7);
    expect(await layout.prepareSettings('openbao', 3, {})).toEqual(first);
  });

  it('uses the given ports, also instead of earlier ones', async () => {
    layout.writeSettings(await layout.prepareSettings('openbao', 2, {}));
    const settings = await layout.prepareSettings('openbao', 2, { postgresql: 5433, api: [8200, 8210] });
    expect(settings.postgresqlPort).toBe(5433);
    expect(settings.nodes.map(({ apiPort }) => apiPort)).toEqual([8200, 8210]);
  });

  it.each([
    ['the other dialect', 'vault', 3, 'vault'],
    ['another size', 'openbao', 5, '5 nodes'],
  ] as const)('refuses a folder with a cluster of %s', async (_, dialect, nodes, given) => {
    layout.writeSettings(await layout.prepareSettings('openbao', 3, {}));
    await expect(layout.prepareSettings(dialect, nodes, {})).rejects.toMatchObject({
      code: 'cluster',
      problems: [{ file: layout.settingsFile, given }],
    });
  });

  it.each([
    ['too few', { api: [8200, 8210] }],
    ['the same twice', { postgresql: 8200, api: [8200, 8210, 8220] }],
    ['no port at all', { postgresql: 70_000 }],
  ])('refuses ports: %s', async (_, ports) => {
    await expect(layout.prepareSettings('openbao', 3, ports)).rejects.toMatchObject({ code: 'usage' });
  });

  it.each(['', '{', '{"dialect":"consul"}'])('reports invalid settings: %j', (text) => {
    writeFileSync(layout.settingsFile, text);
    expect(() => layout.settings()).toThrow(layout.settingsFile);
  });
});
