import { findPart, findServer, isServerName, serverNames } from '../../cli/find-part';
import type { KnownCluster } from '../../cli/known-clusters';
import { PlatformError, type Problem } from '../../model/errors';

const cluster = (name: string): KnownCluster => ({
  name,
  cluster: { serverNames: ['node-1', 'node-2'] } as unknown as KnownCluster['cluster'],
});
const one = [cluster('nonprod-openbao')];
const two = [...one, cluster('nonprod-vault')];

function problemOf(find: () => unknown): Problem | undefined {
  try {
    find();
  } catch (error) {
    if (error instanceof PlatformError) return error.problems[0];
    throw error;
  }
  throw new Error('it was found');
}

describe('names of servers and clusters', () => {
  it.each([
    ['node-1', true],
    ['node-12', true],
    ['nonprod-openbao/node-1', true],
    ['devel', false],
    ['node-one', false],
    ['node-1-test', false],
  ])('%s', (name, expected) => {
    expect(isServerName(name)).toBe(expected);
  });

  it('have their cluster if there are several', () => {
    expect(serverNames(one)).toEqual(['node-1', 'node-2']);
    expect(serverNames(two)).toEqual([
      'nonprod-openbao/node-1',
      'nonprod-openbao/node-2',
      'nonprod-vault/node-1',
      'nonprod-vault/node-2',
    ]);
  });

  it('are found, with their cluster or without', () => {
    expect(findServer(one, 'node-2')).toMatchObject({ name: 'nonprod-openbao', server: 'node-2' });
    expect(findServer(two, 'nonprod-vault/node-2')).toMatchObject({ name: 'nonprod-vault', server: 'node-2' });
    expect(findPart(two, 'nonprod-vault')).toEqual([two[1]]);
    // As in the inventory.
    expect(findPart(two, 'nonprod')).toEqual(two);
    expect(findPart(one, 'node-1')).toHaveProperty('server', 'node-1');
  });

  it('that are unknown or ambiguous are refused with the names that there are', () => {
    expect(problemOf(() => findServer(one, 'node-3'))).toEqual({
      message: 'unknown server',
      given: 'node-3',
      allowed: 'node-1, node-2',
      fix: 'did you mean node-1?',
    });
    expect(problemOf(() => findServer(two, 'node-1'))).toMatchObject({
      message: 'several clusters have this server',
      allowed: serverNames(two).join(', '),
    });
    expect(problemOf(() => findPart(one, 'nonprod-opnbao'))).toEqual({
      message: 'unknown cluster or server',
      given: 'nonprod-opnbao',
      allowed: 'nonprod-openbao, node-1, node-2',
      fix: 'did you mean nonprod-openbao?',
    });
    expect(problemOf(() => findServer([], 'node-1'))).toMatchObject({
      message: 'there is no embedded cluster',
      fix: 'npm start',
    });
  });
});
