import { PlatformError } from '../../../model/errors';
import { replacementOrder } from '../../../operations/rollout/order';
import { Rollout, type Replacement } from '../../../operations/rollout/rollout';
import { cluster, kubernetesServer } from '../../support/inventory/model';
import { SimulatedServers } from './simulated-servers';

let servers: SimulatedServers;
let said: string[];
beforeEach(() => {
  servers = new SimulatedServers();
  said = [];
});

const rollout = (seal = kubernetesServer().seal): Rollout =>
  new Rollout({
    kubectl: servers.kubectl,
    cluster: { ...cluster(), server: kubernetesServer({ seal }) },
    timeoutSeconds: 60,
    clock: servers,
  });

/** The whole way, as the command goes it. */
async function run(operation = rollout()): Promise<Replacement[]> {
  const replaced: Replacement[] = [];
  const { length } = replacementOrder(await operation.inspect());
  for (let turn = 0; turn < length; turn += 1) {
    const each = await operation.replaceNext((message) => said.push(message));
    if (each !== undefined) replaced.push(each);
  }
  await operation.settle((message) => said.push(message));
  return replaced;
}

const failureOf = async (running: Promise<unknown>): Promise<PlatformError> =>
  await running.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => {
      if (error instanceof PlatformError) return error;
      throw error;
    },
  );

describe('a rollout', () => {
  it('replaces standbys one at a time, and the active server last', async () => {
    const replaced = await run();
    expect(servers.ended).toEqual(['openbao-2', 'openbao-0', 'openbao-1']);
    expect(servers.revisions).toEqual(['new', 'new', 'new']);
    expect(servers.fewestServing).toBe(2);
    expect(replaced.map(({ name, successor }) => [name, successor])).toEqual([
      ['openbao-2', undefined],
      ['openbao-0', undefined],
      ['openbao-1', 'openbao-0'],
    ]);
  });

  it('changes nothing if every server has the applied revision', async () => {
    servers = new SimulatedServers('new');
    expect(await run()).toEqual([]);
    expect(servers.ended).toEqual([]);
  });

  it('replaces only servers of an older revision', async () => {
    servers.pod('openbao-0').revision = 'new';
    await run();
    expect(servers.ended).toEqual(['openbao-2', 'openbao-1']);
  });

  it('starts with a server that does not serve', async () => {
    servers.pod('openbao-0').state = 'broken';
    await run();
    expect(servers.ended).toEqual(['openbao-0', 'openbao-2', 'openbao-1']);
    expect(servers.fewestServing).toBe(2);
  });

  it('starts with it even if it still has the label of the active server', async () => {
    Object.assign(servers.pod('openbao-1'), { state: 'broken', stale: true });
    servers.pod('openbao-0').state = 'active';
    await run();
    expect(servers.ended).toEqual(['openbao-1', 'openbao-2', 'openbao-0']);
  });

  it('replaces the active server last, even if the leader changes meanwhile', async () => {
    servers.onSecond = (second) => {
      if (second !== 4) return;
      servers.pod('openbao-1').state = 'standby';
      servers.pod('openbao-0').state = 'active';
    };
    await run();
    expect(servers.ended).toEqual(['openbao-2', 'openbao-1', 'openbao-0']);
  });
});

describe('a rollout waits', () => {
  const until = (second: number, change: () => void): void => {
    servers.onSecond = (now) => {
      if (now === second) change();
    };
  };

  it.each([
    [
      'while another server does not serve',
      'waiting: openbao-0 has not registered with Kubernetes yet',
      'starting' as const,
    ],
    [
      'while two servers are labelled active',
      'waiting: openbao-0 and openbao-1 are both labelled active',
      'active' as const,
    ],
  ])('%s', async (_, message, state) => {
    servers.pod('openbao-0').state = state;
    servers.pod('openbao-0').revision = 'new';
    servers.pod('openbao-0').startedAt = 1000;
    until(20, () => {
      expect(servers.ended).toEqual([]);
      servers.pod('openbao-0').state = 'standby';
    });
    await run();
    expect(said[0]).toBe(message);
    expect(servers.ended).toHaveLength(2);
  });

  it('while no server is active', async () => {
    servers.pod('openbao-1').state = 'standby';
    until(20, () => {
      expect(servers.ended).toEqual([]);
      servers.pod('openbao-2').state = 'active';
    });
    await run();
    expect(said[0]).toBe('waiting: no server is active');
    expect(servers.ended).toEqual(['openbao-1', 'openbao-0', 'openbao-2']);
  });

  it('until a restarted server is unsealed, and prints how', async () => {
    servers.comesUp = 'sealed';
    servers.onSecond = (second) => {
      const sealed = servers.pods.filter(({ state }) => state === 'sealed');
      expect(sealed.length).toBeLessThanOrEqual(1);
      if (second % 20 === 0) for (const pod of sealed) pod.state = 'standby';
    };
    await run();
    expect(servers.ended).toEqual(['openbao-2', 'openbao-0', 'openbao-1']);
    expect(said).toContain(
      'waiting: openbao-2 is sealed; unseal it (2 more shares): kubectl exec -it -n openbao-nonprod openbao-2 -c server -- env BAO_SKIP_VERIFY=true bao operator unseal',
    );
  });

  it('for a cloud seal, without instructions to unseal', async () => {
    servers.comesUp = 'sealed';
    const seal = { kind: 'awskms', region: 'eu-central-1', keyId: 'k', egress: [] } as const;
    const { message } = await failureOf(run(rollout(seal)));
    expect(message).toContain('its seal (awskms) did not unseal it');
    expect(message).not.toContain('operator unseal');
  });

  it('while the disruption budget forbids it', async () => {
    servers.budgetSpent = true;
    until(20, () => (servers.budgetSpent = false));
    await run();
    expect(said[0]).toMatch(/^waiting: openbao-2 cannot be evicted yet: .*disruption budget/);
    expect(servers.ended).toHaveLength(3);
  });

  it('while the API server does not answer', async () => {
    until(3, () => {
      servers.reachable = false;
      until(20, () => (servers.reachable = true));
    });
    await run();
    expect(said).toContain('waiting: no answer');
    expect(servers.ended).toEqual(['openbao-2', 'openbao-0', 'openbao-1']);
  });

  it('until Kubernetes has observed the applied revision', async () => {
    servers.observed = false;
    until(5, () => (servers.observed = true));
    await run();
    expect(servers.ended).toHaveLength(3);
  });
});

describe('a rollout stops', () => {
  it('at the first server that does not become ready, and reports what it waited for', async () => {
    servers.comesUp = 'broken';
    const { code, problems } = await failureOf(run());
    expect(code).toBe('kubernetes');
    expect(problems[0]).toMatchObject({
      message: 'openbao-2 was replaced but is not ready, after 1m',
      given: 'openbao-2 does not start: server CrashLoopBackOff',
    });
    expect(servers.revisions).toEqual(['old', 'old', 'new']);
    expect(servers.pod('openbao-1').state).toBe('active');
  });

  it('can return to the previous revision', async () => {
    servers.comesUp = 'broken';
    await failureOf(run());
    servers.comesUp = 'standby';
    servers.revision = 'old';
    await run();
    expect(servers.ended).toEqual(['openbao-2', 'openbao-2']);
  });

  it('when another change was applied meanwhile', async () => {
    servers.onSecond = (second) => {
      if (second === 8) servers.revision = 'newer';
    };
    const { message } = await failureOf(run());
    expect(message).toMatch(/another change was applied[^]*openbao-\d of an older revision than newer[^]*run it again/);
    await run();
    expect(servers.revisions).toEqual(['newer', 'newer', 'newer']);
  });
});

describe('a rollout refuses', () => {
  it('with fewer than two serving servers', async () => {
    servers.pod('openbao-0').state = 'sealed';
    servers.pod('openbao-2').state = 'broken';
    const { message } = await failureOf(run());
    expect(message).toMatch(
      /too few servers of nonprod are ready[^]*openbao-0 is sealed\nopenbao-1 is ready\nopenbao-2 does not/,
    );
  });

  it('if Kubernetes replaces pods automatically', async () => {
    servers.updateStrategy = 'RollingUpdate';
    expect(await failureOf(run())).toMatchObject({
      code: 'usage',
      problems: [{ given: 'updateStrategy RollingUpdate' }],
    });
  });

  it('if the StatefulSet does not exist', async () => {
    const kubectl = { ...servers.kubectl, list: () => Promise.resolve([]) };
    const options = { cluster: { ...cluster(), server: kubernetesServer() }, timeoutSeconds: 60, clock: servers };
    const { message } = await failureOf(new Rollout({ kubectl, ...options }).inspect());
    expect(message).toMatch(
      /no servers of nonprod[^]*StatefulSet openbao in namespace openbao-nonprod[^]*nonprod-server/,
    );
  });
});

describe('a rollout that is interrupted', () => {
  class Interruption extends Error {}

  it('continues from there', async () => {
    await run();
    const { seconds: whole } = servers;
    expect(whole).toBeGreaterThan(10);
    for (let second = 1; second <= whole; second += 1) {
      servers = new SimulatedServers();
      servers.onSecond = (now) => {
        if (now === second) throw new Interruption();
      };
      await expect(run()).rejects.toThrow(Interruption);
      servers.onSecond = () => undefined;
      await run();
      expect({ second, ended: servers.ended }).toEqual({ second, ended: ['openbao-2', 'openbao-0', 'openbao-1'] });
      expect(servers.fewestServing).toBe(2);
    }
  });
});
