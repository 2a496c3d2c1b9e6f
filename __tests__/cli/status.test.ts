import { areServing, describeStatus } from '../../cli/status';
import type { ClusterStatus } from '../../local/cluster/status';

const cluster = (pid: number | undefined, active?: string): ClusterStatus => ({
  dialect: 'openbao',
  nodes: [{ name: 'node-1', address: 'https://127.0.0.1:8200', health: active === undefined ? 'down' : 'active' }],
  ...(active !== undefined && { active }),
  storage: { type: 'postgresql', address: '127.0.0.1:5432', ...(pid !== undefined && { pid }) },
  keysMissing: false,
});
const serving = cluster(1, 'node-1');
const without = cluster(1);
const stopped = cluster(undefined);

describe('clusters serve', () => {
  it.each([
    ['one that serves', [serving], true],
    ['one that serves, and one that was stopped', [serving, stopped], true],
    ['one that serves, and one without an active node', [serving, without], false],
    ['one without an active node', [without], false],
    ['one that was stopped', [stopped], false],
    ['none', [], false],
  ])('with %s: %#', (_, states, expected) => {
    expect(areServing(states)).toBe(expected);
  });
});

describe('the status of a cluster', () => {
  it('names servers as commands do: with their cluster if there are several', () => {
    const state = { name: 'nonprod-openbao', ...serving };
    expect(describeStatus(state, true)).toMatch(/\n {2}node-1 /);
    expect(describeStatus(state, false)).toMatch(/\n {2}nonprod-openbao\/node-1 /);
  });
});
