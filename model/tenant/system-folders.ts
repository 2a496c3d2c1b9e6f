/** Any of some words, in a regular expression. */
function oneOf(words: string): string {
  return words.trim().split(/\s+/).join('|');
}

/** Folders below which nothing belongs to a program of a tenant. */
const whole = /^\/(?:bin|boot|dev|home|lib\w*|proc|root|sbin|selinux|sys|tmp|usr)(?=\/|$)/;

/** Folders that contain folders of programs, and are none themselves. */
const parents = /^\/(?:etc|media|mnt|opt|run|snap|srv|var(?:\/(?:cache|lib|opt))?)?$/;

/** Below `/var`, programs have their folders in these. */
const otherOfVar = /^\/var\/(?!(?:cache|lib|opt)\/)[^/]+/;

const trusted = oneOf(`
  alternatives apparmor apt audit ca-certificates cloud cni containerd containers crio dbus-1 default dnf docker
  dpkg dracut firewalld init initramfs-tools iptables kernel krb5 kubernetes ldap netplan network NetworkManager
  nftables openldap openvpn pam pki polkit-1 ppp rancher rpm samba security selinux skel ssh ssl sssd sudoers
  sysconfig systemd udev ufw wireguard X11 xdg yum zypp
`);

/** Configuration that a host or its services run or trust, also by folders whose files are read one by one: `cron.d`, `sudoers.d`. */
const configuration = new RegExp(
  `^/etc/(?:[^/]*\\.d|[^/]*\\.conf|cron[^/]*|rc[^/]*|(?:vault|openbao)-agent-[^/]*|${trusted})(?=/|$)`,
);

const kept = oneOf(`
  AccountsService apt cloud cni containerd containers credentials crio dbus docker dpkg initctl initramfs
  kubelet lock log mount netns NetworkManager pam polkit-1 private rancher rpm secrets shm snapd ssh sshd sssd
  sudo systemd udev user
`);

/** What the system and its services keep below `/run` and `/var/lib`, and the token of a pod. */
const state = new RegExp(`^/(?:run|var/lib)/(?:[^/]*\\.d|(?:vault|openbao)-agent-[^/]*|${kept})(?=/|$)`);

/**
 * The folder of the system that a directory is, or is in: who writes there could break a host or take it over. Undefined for a folder that
 * can be a program's own.
 *
 * @param directory absolute, without `.`, `..` and a slash at its end
 */
export function systemFolderOf(directory: string): string | undefined {
  for (const pattern of [parents, whole, otherOfVar, configuration, state]) {
    const [found] = pattern.exec(directory) ?? [];
    if (found !== undefined) return found === '' ? '/' : found;
  }
  return undefined;
}
