import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { TestReplica } from '../support/replica/replica';

describe('platform rehearse', () => {
  let inventory: string;
  let replica: TestReplica;

  beforeAll(() => {
    inventory = mkdtempSync(path.join(tmpdir(), 'rehearse-'));
    cpSync('inventory', inventory, { recursive: true });
    appendFileSync(
      path.join(inventory, 'tenants/payments/ledger.yaml'),
      `
expect:
  - policy: ro
    environments: [devel]
    allow:
      - api: v1/{environment}/kv/data/ledger/configs
        operations: [read]
    deny:
      - api: v1/{environment}/kv/data/ledger/configs
        operations: [update, delete]
`,
    );
    replica = new TestReplica();
  });

  afterAll(async () => {
    await replica.dispose();
    rmSync(inventory, { recursive: true });
  });

  it('tries logins, expectations, changed paths and isolation on a server, which decides as computed', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('vault-platform-rehearsal-'));
    const options = ['--inventory', inventory, 'rehearse', 'devel', '--pairs', '20', '--against', 'inventory'];
    const { exitCode, stdout, stderr } = await replica.platform(...options);
    expect(stderr).toBe('');
    const report = stdout.slice(stdout.indexOf('Rehearsal of devel'));
    expect(report).toMatch(/logins: \d+ by their own method, \d+ by a token with their policies/);
    expect(report).toContain('expectations: 3 tried, as computed');
    expect(report).toMatch(/documents of other tenants: \d+ tried, as computed/);
    expect(exitCode).toBe(0);
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('vault-platform-rehearsal-'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});
