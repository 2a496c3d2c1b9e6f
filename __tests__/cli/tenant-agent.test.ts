import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { currentContext } from '../../cli/context';
import { tenantAgent, type TenantAgentOptions } from '../../cli/tenant-agent';
import { captureOutput } from '../support/captured-output';

let folder: string;
let output: string;
let printed: ReturnType<typeof captureOutput>;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-agent-'));
  output = path.join(folder, 'output');
  printed = captureOutput();
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function run(identity: string, over: Partial<TenantAgentOptions> = {}): void {
  const context = currentContext({ inventory: path.join('examples', 'kafka', 'inventory') });
  const options = { environment: 'demo', target: 'systemd', output, secrets: true, force: false } as const;
  tenantAgent(context, identity, { ...options, ...over });
}

describe('platform tenant agent', () => {
  it('writes the files of the tenant’s only agent, and prints the next step', () => {
    run('streaming/kafka');
    expect(readdirSync(output).sort()).toEqual(['README.md', 'etc']);
    expect(printed.text).toMatch(/^wrote .*agent\.json\n(wrote .*\n)+\nNext: .*README\.md\n$/);
  });

  it('does not write unchanged files, and reports their number', () => {
    run('streaming/kafka');
    printed.text = '';
    run('streaming/kafka');
    expect(printed.text).toMatch(/^\d unchanged\n/);
  });

  it('overwrites edited files only with --force', () => {
    run('streaming/kafka');
    writeFileSync(path.join(output, 'README.md'), 'mine\n');
    expect(() => run('streaming/kafka')).toThrow(/README\.md {2}a different file exists here(.|\n)*--force/);
    run('streaming/kafka', { force: true });
  });

  it.each([
    ['streaming/kafak', {}, 'did you mean streaming/kafka?'],
    ['streaming/kafka', { environment: 'dmeo' }, 'did you mean demo?'],
    ['streaming/kafka', { agent: 'borker' }, 'did you mean broker?'],
    ['streaming/kafka', { ca: 'package.json' }, 'this is not a certificate'],
    ['streaming/kafka', { ca: 'nowhere' }, 'this file cannot be read'],
    ['streaming/kafka', { target: 'compose' }, 'there is no systemd in a container'],
  ] as const)('refuses %s %j', (identity, options, message) => {
    expect(() => run(identity, options)).toThrow(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['.', 'tenants/streaming', '../inventory/agents'])('writes nothing into the inventory: %s', (inside) => {
    const inventory = path.join('examples', 'kafka', 'inventory');
    const before = readdirSync(inventory, { recursive: true });
    expect(() => run('streaming/kafka', { output: path.join(inventory, inside) })).toThrow(
      /the inventory contains no files of agents\n.*\n.*name a folder outside of the inventory/,
    );
    expect(readdirSync(inventory, { recursive: true })).toEqual(before);
  });

  it('writes beside the inventory', () => {
    const beside = path.join(folder, 'inventory-agents');
    run('streaming/kafka', { output: beside });
    expect(readdirSync(beside).sort()).toEqual(['README.md', 'etc']);
  });
});
