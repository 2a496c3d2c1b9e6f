import { systemFolderOf } from '../../model/tenant/system-folders';

describe('a folder of the system', () => {
  it.each([
    ...[
      '/',
      '/etc',
      '/usr',
      '/bin',
      '/sbin',
      '/lib64',
      '/var',
      '/home',
      '/root',
      '/boot',
      '/dev',
      '/proc',
      '/sys',
      '/run',
    ],
    ...['/tmp', '/opt', '/srv', '/mnt', '/var/lib', '/var/cache', '/etc/systemd', '/etc/cron.d', '/etc/cron.daily'],
    ...['/etc/sudoers.d', '/etc/ssh', '/etc/ssl', '/etc/pam.d', '/etc/profile.d', '/etc/polkit-1', '/etc/ld.so.conf.d'],
    ...['/etc/rc.local', '/etc/apt', '/etc/kubernetes', '/run/systemd', '/run/user', '/run/udev', '/run/secrets'],
    ...['/var/lib/dpkg', '/var/lib/kubelet', '/var/spool', '/var/run', '/var/tmp', '/etc/vault-agent-bus-devel-bus'],
  ])('is %s, and what is in it', (folder) => {
    expect(systemFolderOf(folder)).toBe(folder);
    const inside = systemFolderOf(`${folder === '/' ? '' : folder}/systemd`);
    if (!['/opt', '/srv', '/mnt', '/var/cache', '/'].includes(folder)) expect(inside?.startsWith(folder)).toBe(true);
  });

  it.each([
    ...['/etc/kafka/tls', '/etc/bus', '/etc/sshd-proxy', '/run/bus', '/opt/bus/tls', '/srv/bus', '/var/lib/bus'],
    ...['/var/cache/bus', '/vault/secrets', '/data/tls', '/etcetera/x', '/usrdata', '/binary', '/devel/x', '/homes/x'],
  ])('is not %s', (folder) => {
    expect(systemFolderOf(folder)).toBeUndefined();
  });
});
