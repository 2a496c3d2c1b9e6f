import type { ServerClient } from '../../../../client/server-client';
import type { DeployedServers } from '../../deployment/deployed-servers';
import { strikeAndHeal } from '../../deployment/faults';
import type { Fault } from '../../deployment/faults';
import { OutageMeter } from '../../deployment/outages';
import type { Witnessed } from '../../deployment/outages';
import type { Span } from '../../deployment/span';

const seconds = ({ milliseconds }: Span): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** What can happen to servers that serve, while clients write; needs a deployment that was bootstrapped before. */
export function describeFaults(servers: () => DeployedServers, faults: readonly Fault[]): void {
  describe('while clients write', () => {
    let meter: OutageMeter;
    let admin: ServerClient;
    beforeAll(async () => {
      meter = await OutageMeter.prepare(servers());
      admin = await servers().client(servers().token('admin'));
    }, 60_000);

    /** Nothing is lost, and there was never more than one that clients were sent to. How long it took is printed. */
    const survives = async (what: string, happening: () => Promise<unknown>): Promise<Witnessed> => {
      const witnessed = await meter.during(happening);
      const { outage, keptOutage, withoutEndpoint, written } = witnessed;
      const { dialect } = servers().cluster;
      const kept = `${seconds(outage)} without a write, ${seconds(keptOutage)} over connections that were kept`;
      const gap = `${kept}, ${seconds(withoutEndpoint)} without an endpoint`;
      process.stderr.write(`  ${dialect}, ${what}: ${gap}, ${written} writes\n`);
      expect(witnessed.lost).toEqual([]);
      expect(servers().endpoints.crowded).toEqual([]);
      return witnessed;
    };

    it.each(faults)(
      '%s of the active server is survived',
      async (fault) => {
        await survives(fault, async () => {
          await strikeAndHeal(servers(), fault, admin);
        });
      },
      180_000,
    );

    it('a drain evicts one server, and cannot evict another until the first is ready', async () => {
      const { kubernetes, namespace } = servers();
      const { kubectl } = kubernetes;
      const node = await servers().kubectl('get pods --output=jsonpath={.items[0].spec.nodeName}');
      const own = `--pod-selector=app.kubernetes.io/instance=${servers().cluster.name}`;
      const drain = ['drain', node, own, '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=8s'];
      await survives('drain', async () => {
        try {
          // The node is the only one: what is evicted finds no other place.
          await expect(kubectl(drain)).rejects.toThrow(/violate the pod's disruption budget/);
          expect(servers().pods.pods.filter(({ running, leaving }) => running && !leaving)).toHaveLength(2);
        } finally {
          await kubectl(['uncordon', node]);
        }
        await servers().whole();
      });
      // With all of them there, one may go; that is asked without doing it.
      const pod = servers().pods.pods.find(({ active }) => !active)!;
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod.name, namespace } };
      const path = `/api/v1/namespaces/${namespace}/pods/${pod.name}/eviction?dryRun=All`;
      await kubectl(['create', `--raw=${path}`, '--filename=-'], { input: JSON.stringify(eviction) });
    }, 180_000);

    it.each([
      ['a restart of the database', 0],
      ['a database that is away for longer than a lock lasts', 20_000],
    ])(
      '%s ends and seals nobody',
      async (what, away) => {
        const seen = (): object[] => servers().pods.pods.map(({ uid, restarts }) => ({ uid, restarts }));
        const [before, unsealed] = [seen(), servers().unsealed.length];
        await survives(what, async () => {
          await servers().database.restart(away);
          await servers().whole();
        });
        expect(seen()).toEqual(before);
        expect(servers().unsealed).toHaveLength(unsealed);
      },
      180_000,
    );
  });
}
