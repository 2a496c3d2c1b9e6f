import { describePlan } from '../../cli/rollout';
import type { ServerPod, ServerPods } from '../../operations/rollout/server-pods';

const pod = (name: string, over: Partial<ServerPod> = {}): ServerPod => ({
  name,
  uid: name,
  current: false,
  ending: false,
  active: false,
  sealed: false,
  ...over,
});
const of = (...pods: readonly ServerPod[]): ServerPods => ({ replicas: 3, revision: 'openbao-5bd8', pods });

describe('the plan of a rollout', () => {
  it('lists the servers in the order of their replacement', () => {
    const plan = describePlan('nonprod', of(pod('openbao-0', { active: true }), pod('openbao-1'), pod('openbao-2')));
    expect(plan).toBe(
      [
        'nonprod: 3 of 3 servers are replaced by revision openbao-5bd8',
        '  1  openbao-2  standby',
        '  2  openbao-1  standby',
        '  3  openbao-0  active: a standby takes over',
      ].join('\n'),
    );
  });

  it('lists the conditions that the rollout waits for', () => {
    const sealed = pod('openbao-1', { current: true, sealed: true, problem: 'is sealed' });
    const plan = describePlan('nonprod', of(pod('openbao-0', { active: true }), sealed, pod('openbao-2')));
    expect(plan).toMatch(/^nonprod: 2 of 3 servers[^]*first: openbao-1 is sealed$/);
  });

  it('reports that there is nothing to do, or that servers are not ready', () => {
    const current = { current: true };
    const active = pod('openbao-0', { current: true, active: true });
    expect(describePlan('nonprod', of(active, pod('openbao-1', current), pod('openbao-2', current)))).toBe(
      'nonprod: all 3 servers are of revision openbao-5bd8, nothing to do',
    );
    const sealed = pod('openbao-2', { current: true, sealed: true, problem: 'is sealed' });
    expect(describePlan('nonprod', of(active, pod('openbao-1', current), sealed))).toBe(
      'nonprod: all 3 servers are of revision openbao-5bd8, but not all of them are ready\n  first: openbao-2 is sealed',
    );
  });
});
