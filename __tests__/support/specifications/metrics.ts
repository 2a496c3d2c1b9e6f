import { setTimeout as sleep } from 'node:timers/promises';

import { serverContext } from '../../../constructs/kubernetes/server-part';
import { alertRules } from '../../../constructs/monitoring/alerts';
import { dashboard } from '../../../constructs/monitoring/dashboard';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';
import { cluster, kubernetesServer } from '../inventory/model';
import { startMeteredServer, type MeteredServer } from '../vault/metered-server';

/** What a rule or a panel says, and the series of servers in it. */
const seriesIn = (expression: string): string[] => [...expression.matchAll(/\bvault_\w+/g)].map(([name]) => name);

/** Every series of the servers that somebody is to be told about, or shown. */
function watchedSeries(dialect: Dialect): string[] {
  const context = serverContext(cluster({ dialect }), kubernetesServer());
  const rules = alertRules(context).map(({ expr }) => expr);
  const { panels } = dashboard(context) as { panels: { targets: { expr: string }[] }[] };
  const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  return [...new Set([...rules, ...queries].flatMap(seriesIn))].sort();
}

/** What is there to be watched, on a real server. */
export function specifyMetrics(dialect: Dialect): void {
  describe(`the metrics of ${dialects[dialect].title}`, () => {
    let metered: MeteredServer;

    beforeAll(async () => {
      metered = await startMeteredServer(dialect);
    }, 300_000);

    afterAll(() => metered.dispose());

    /** What is watched and not there; some is measured only every ten seconds. */
    const lacking = async (series: readonly string[]): Promise<string[]> => {
      let missing: string[] = [];
      for (let tries = 0; tries < 60; tries += 1) {
        const present = await metered.metrics();
        missing = series.filter((name) => !present.has(name));
        if (missing.length === 0) break;
        await sleep(500);
      }
      return missing;
    };

    it('show without a token that a server is sealed', async () => {
      expect(await lacking(['vault_core_unsealed'])).toEqual([]);
    });

    it('are everything that alerts and the dashboard use, once the server is used', async () => {
      const root = await metered.server.initialise();
      if (dialects[dialect].audit === 'api') {
        await root.write('sys/audit/file', { type: 'file', options: { file_path: 'stdout' } });
      }
      await root.write('auth/token/create', { ttl: '1m' });
      const watched = watchedSeries(dialect);
      expect(watched.length).toBeGreaterThan(15);
      expect(await lacking(watched)).toEqual([]);
    });

    it('are the only paths of the listener, if the server supports it', async () => {
      const closed = dialects[dialect].metricsOnlySetting !== undefined;
      expect(await metered.status('/v1/sys/health')).toBe(closed ? 404 : 200);
    });
  });
}
