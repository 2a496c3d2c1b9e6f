import { richInventory } from './rich-inventory';
import { problemsOf } from './small-inventory';
import { edited, specifyEdits } from './specify';
import type { Edit } from './specify';

const west = 'clusters/west.yaml';
const devel = 'environments/devel.yaml';
const bus = 'tenants/streaming/bus.yaml';
const inDevel = (find: string, replacement: string): Edit => [devel, find, replacement];
const inBus = (find: string, replacement: string): Edit => [bus, find, replacement];

const lengthen = 'lengthen `tuning.maxLeaseTtl` of `apps` in inventory/clusters/west.yaml';

/** A server cuts a lifetime that is longer than its mount's maximum, with no more than a warning when the role is written. */
describe('lifetimes that a server would cut', () => {
  specifyEdits([
    [
      'tokens of a tenant, at an auth method that it logs in with',
      inBus('identity:', 'appRole: {tokenTtl: 30m, tokenMaxTtl: 8h}\nidentity:'),
      '8h',
      'tokenMaxTtl exceeds the maximum TTL of the auth method `apps`, to which the server would cut it',
      `shorten tokenMaxTtl, or ${lengthen}`,
    ],
    [
      'tokens in one environment of a tenant',
      inBus('keySet: existing', 'keySet: existing, appRole: {tokenMaxTtl: 90m}'),
      '90m',
      'tokenMaxTtl exceeds the maximum TTL of the auth method `apps`, to which the server would cut it',
      `shorten tokenMaxTtl, or ${lengthen}`,
    ],
    [
      'tokens of an environment, at an auth method that it trusts',
      inDevel('appRoleMount: own', 'appRoleMount: own\nappRole: {tokenMaxTtl: 2h}'),
      '2h',
      'tokenMaxTtl exceeds the maximum TTL of the auth method `apps`, to which the server would cut it',
      `shorten tokenMaxTtl, or ${lengthen}`,
    ],
    [
      'a SecretID',
      inBus('identity:', 'appRole: {secretIdTtl: 90d}\nidentity:'),
      '90d',
      'the duration is too long',
      'write 32d or less',
    ],
    [
      'credentials of AWS, by the engine',
      inDevel('maxTtl: 6h', 'maxTtl: 6h, tuning: {maxLeaseTtl: 2h}'),
      '6h',
      'maxTtl exceeds the maximum TTL of the engine, to which the server would cut it',
      'shorten maxTtl, or lengthen `tuning.maxLeaseTtl`',
    ],
    [
      'leases by default',
      [west, 'defaultLeaseTtl: 10m, maxLeaseTtl: 1h', 'defaultLeaseTtl: 33d'],
      '33d',
      'defaultLeaseTtl is longer than maxLeaseTtl',
      'shorten defaultLeaseTtl or lengthen maxLeaseTtl',
    ],
  ]);

  it.each([
    ['30m', 'ttl'],
    ['2h', 'maxTtl'],
  ])('accounts of databases, where the maximum is %s', (maximum, key) => {
    const file = edited(inDevel('  database:\n', `  database:\n    tuning: {maxLeaseTtl: ${maximum}}\n`));
    const found = problemsOf({ [devel]: file }, richInventory);
    expect(found.map(({ message, file: at }) => [message, at])).toEqual([
      [
        `${key} exceeds the maximum TTL of the engine \`database\` in devel, to which the server would cut it`,
        `inventory/${bus}`,
      ],
    ]);
  });

  it('of credentials of AWS, by the role', () => {
    const file = edited(inDevel('maxTtl: 6h', 'tuning: {maxLeaseTtl: 20m}'));
    expect(problemsOf({ [devel]: file }, richInventory).map(({ message }) => message)).toEqual([
      'ttl exceeds the maximum TTL of the engine `aws` in devel, to which the server would cut it',
    ]);
  });
});

describe('lifetimes that no server cuts', () => {
  it('are those of an auth method that the environment does not trust, and those that a file does not set', () => {
    const tuned = edited([west, 'defaultLeaseTtl: 10m, maxLeaseTtl: 1h', 'maxLeaseTtl: 15m']);
    expect(problemsOf({ [west]: tuned }, richInventory)).toEqual([]);
  });
});
