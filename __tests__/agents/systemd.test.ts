import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInNewContext } from 'node:vm';

import { polkitRule } from '../../agents/polkit-rule';
import { systemdFiles } from '../../agents/systemd';
import { PlatformError } from '../../model/errors';
import { itUnless } from '../support/skips';
import { agentProps, fileOf } from './agents';

const name = 'openbao-agent-checkout-devel-broker';

describe('the service of an agent', () => {
  const unit = fileOf(systemdFiles({ ...agentProps(), user: 'kafka' }), '.service');
  const settings = (key: string): string[] =>
    unit
      .split('\n')
      .filter((line) => line.startsWith(`${key}=`))
      .map((line) => line.slice(key.length + 1));

  it('runs the agent as the user of the program, and allows it to write only the folder of the files', () => {
    expect(settings('ExecStart')).toEqual([`/usr/bin/bao agent -config=/etc/${name}/agent.json`]);
    expect(settings('User')).toEqual(['kafka']);
    expect(settings('ProtectSystem')).toEqual(['strict']);
    expect(settings('ReadWritePaths')).toEqual(['/etc/kafka/tls']);
    expect(settings('RuntimeDirectory')).toEqual([name]);
    expect(settings('RuntimeDirectoryMode')).toEqual(['0700']);
  });

  it('has no capabilities and cannot gain any', () => {
    expect(settings('CapabilityBoundingSet')).toEqual(['']);
    expect(settings('NoNewPrivileges')).toEqual(['yes']);
  });

  const systemd = spawnSync('systemd-analyze', ['--version']).status === 0 ? undefined : 'there is no systemd-analyze';
  itUnless(systemd, 'what systemd says of the unit')('is understood by systemd, which finds little exposed', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-unit-'));
    try {
      const file = path.join(folder, `${name}.service`);
      // The program is not on this machine; everything else has to be right.
      writeFileSync(file, unit.replace('/usr/bin/bao', '/bin/true'));
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      // Exits with 1 above the threshold: 20 of 100 is what systemd calls OK.
      execFileSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', '--no-pager', file]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the polkit rule', () => {
  /** What polkit would decide. */
  function decide(rule: string, unit: string, verb: string, user: string): unknown {
    let decision: unknown;
    const details: Record<string, string> = { unit, verb };
    const action = { id: 'org.freedesktop.systemd1.manage-units', lookup: (key: string) => details[key] };
    runInNewContext(rule, {
      polkit: {
        Result: { YES: 'yes' },
        addRule: (decider: (a: unknown, s: unknown) => unknown) => (decision = decider(action, { user })),
      },
    });
    return decision;
  }

  it.each([
    ['reload', 'reload'],
    ['restart', 'restart'],
    ['try-restart', 'try-restart'],
    ['reload-or-restart', 'reload-or-restart'],
    ['try-reload-or-restart', 'reload-or-try-restart'],
  ])('allows %s of that unit by that account, and nothing else', (verb, asked) => {
    const rule = polkitRule({ command: ['systemctl', '--no-block', verb, 'kafka'], user: 'kafka' })!;
    expect(decide(rule, 'kafka.service', asked, 'kafka')).toBe('yes');
    expect(decide(rule, 'kafka.service', 'stop', 'kafka')).toBeUndefined();
    expect(decide(rule, 'ssh.service', asked, 'kafka')).toBeUndefined();
    expect(decide(rule, 'kafka.service', asked, 'mallory')).toBeUndefined();
  });

  it.each([
    [['systemctl', 'stop', 'kafka']],
    [['systemctl', 'reload', 'kafka', 'ssh']],
    [['systemctl', 'reload']],
    [['/opt/kafka/bin/reload']],
    [undefined],
  ])('is not there for %j', (command) => {
    expect(polkitRule({ command, user: 'kafka' })).toBeUndefined();
    const files = systemdFiles(agentProps(command === undefined ? {} : { command }));
    expect(files.map((file) => file.path).filter((file) => file.includes('polkit'))).toEqual([]);
  });

  it.each(['reboot.target', 'kafka.socket', '*', '/etc/kafka', 'kafka service', 'a.b', "kafka'"])(
    'allows nothing on %s, which is no service',
    (unit) => {
      expect(polkitRule({ command: ['systemctl', 'restart', unit], user: 'kafka' })).toBeUndefined();
    },
  );

  it('is installed with the service', () => {
    const files = systemdFiles(agentProps({ command: ['systemctl', 'reload', 'kafka.service'] }));
    expect(fileOf(files, '.rules')).toContain('=== "kafka.service"');
    expect(fileOf(files, 'README.md')).toContain(`/etc/polkit-1/rules.d/50-${name}.rules`);
  });
});

describe('the installation of an agent', () => {
  it('never changes the owner of a folder that exists', () => {
    const lines = fileOf(systemdFiles({ ...agentProps(), user: 'kafka' }), 'README.md').split('\n');
    const creating = lines.filter((line) => /install .*-d /.test(line));
    expect(creating).toEqual(['test -e /etc/kafka/tls || install -d -o kafka -m 0700 /etc/kafka/tls']);
  });

  it.each(['root', 'Kafka', 'kafka; id', '$(id)', '0', '', 'a b', 'x\nUser=root', 'a'.repeat(33), '-o', 'kafka:kafka'])(
    'refuses the user %j',
    (user) => {
      expect(() => systemdFiles({ ...agentProps(), user })).toThrow(PlatformError);
    },
  );
});
