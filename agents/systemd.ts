import path from 'node:path/posix';

import { dialects } from '../model/dialect';
import {
  configurationFile,
  privateMode,
  readableMode,
  roleIdFile,
  secretIdFile,
  type AgentLayout,
  type AgentProps,
  type RenderedFile,
} from './agent-files';
import { appRoleFiles } from './app-role-files';
import { agentName, heading, issueCommands, operation, secretIdEnd } from './instructions';
import { polkitRule } from './polkit-rule';
import { systemUser } from './system-user';

export interface SystemdProps extends AgentProps {
  /** Account of the program that reads the files; the agent runs as the same account. @default - the tenant's name */
  readonly user?: string;
  /** @default - `/etc/<name>` and `/run/<name>` */
  readonly layout?: AgentLayout;
}

/**
 * An agent as a systemd service: files to copy to `/`, and the instructions.
 *
 * @throws PlatformError `usage` without an AppRole login, or for a user that cannot be one
 */
export function systemdFiles(props: SystemdProps): RenderedFile[] {
  const { agent, tenant } = props;
  const user = systemUser(props.user ?? tenant.name);
  const name = agentName(props);
  const layout = props.layout ?? { configuration: `/etc/${name}`, runtime: `/run/${name}` };
  const rule = polkitRule({ command: agent.command, user });
  const onHost: RenderedFile[] = [
    ...appRoleFiles(props, layout),
    { path: `/etc/systemd/system/${name}.service`, content: unit(props, { name, user, layout }), mode: readableMode },
    ...(rule === undefined
      ? []
      : [{ path: `/etc/polkit-1/rules.d/50-${name}.rules`, content: rule, mode: readableMode }]),
  ];
  return [
    ...onHost.map((file) => ({ ...file, path: file.path.slice(1) })),
    { path: 'README.md', content: instructions(props, { name, user, layout, onHost }), mode: privateMode },
  ];
}

interface Named {
  readonly name: string;
  readonly user: string;
  readonly layout: AgentLayout;
}

/**
 * The unit. The service can write to the folder of the files and to its runtime folder only, and has no capabilities. The
 * command inherits the sandbox and may be a Java program, so `MemoryDenyWriteExecute` and `ProcSubset` are not set.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Sandboxing
 */
function unit({ agent, tenant, settings }: SystemdProps, { user, layout }: Named): string {
  const { title, binary } = dialects[settings.environment.cluster.dialect];
  return `[Unit]
Description=${title} Agent: ${agent.name} of ${tenant.name} in ${settings.environment.name}
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=/usr/bin/${binary} agent -config=${configurationFile(layout)}
Restart=on-failure
RestartSec=5
User=${user}
UMask=0077
LimitCORE=0
RuntimeDirectory=${path.basename(layout.runtime)}
RuntimeDirectoryMode=0700
ReadWritePaths=${agent.directory}
CapabilityBoundingSet=
LockPersonality=yes
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources

[Install]
WantedBy=multi-user.target
`;
}

function instructions(props: SystemdProps, named: Named & { readonly onHost: readonly RenderedFile[] }): string {
  const { agent, settings } = props;
  const { name, user, layout, onHost } = named;
  const { binary } = dialects[settings.environment.cluster.dialect];
  return `${heading(props, 'systemd')}

## Install (root, on the host)

Prerequisites: \`/usr/bin/${binary}\` and the account \`${user}\`.

\`\`\`sh
${onHost.map((file) => `install -D -m 0644 ${file.path.slice(1)} ${file.path}`).join('\n')}
test -e ${agent.directory} || install -d -o ${user} -m 0700 ${agent.directory}
systemctl daemon-reload
systemctl enable --now ${name}
\`\`\`

A directory that exists keeps its owner: \`${user}\` must be able to write to ${agent.directory}.

## Deliver the SecretID

An administrator issues it:

\`\`\`sh
${issueCommands(props).join('\n')}
\`\`\`

Within ten minutes, root on the host runs:

\`\`\`sh
install -m 0644 role-id ${roleIdFile(layout)}
install -o ${user} -m 0600 wrapped ${secretIdFile(layout)} && rm wrapped
journalctl --follow --unit ${name}
\`\`\`

The agent unwraps it once, within half a minute, and keeps it in memory only. If another client unwrapped it first, the agent reports an error;
a copy of the disk does not contain it. After a restart of the agent or the host, the agent needs a new SecretID. Until then the files remain unchanged.
${secretIdEnd(settings.appRole)}

${operation(props)}${reload(props, user)}
`;
}

function reload({ agent }: SystemdProps, user: string): string {
  if (polkitRule({ command: agent.command, user }) === undefined) return '';
  return `
- The command runs as \`${user}\`. The polkit rule allows it this verb on this unit only. Use \`systemctl try-reload-or-restart\`: it does
  nothing if the program is not running.`;
}
