import path from 'node:path/posix';

import { dialects } from '../model/dialect';
import {
  caFile,
  configurationFile,
  loginOf,
  privateMode,
  readableMode,
  roleIdFile,
  secretIdFile,
  templateFile,
  type AgentLayout,
  type AgentProps,
  type RenderedFile,
} from './agent-files';
import { agentConfiguration, appRoleLogin } from './configuration';
import { agentName, heading, issueCommands, operation, secretIdEnd } from './handover';
import { polkitRule } from './polkit-rule';
import { fileTemplates } from './templates';

export interface SystemdProps extends AgentProps {
  /** Account of the program that reads the files; the agent runs as the same one. @default - the tenant's name */
  readonly user?: string;
  /** @default - `/etc/<name>` and `/run/<name>` */
  readonly layout?: AgentLayout;
}

/** An agent as a systemd service: a tree to be copied to `/`, and how. @throws PlatformError `usage` without AppRole login */
export function systemdFiles(props: SystemdProps): RenderedFile[] {
  loginOf(props, 'approle');
  const { agent, tenant, settings, user = tenant.name, caCertificate } = props;
  const name = agentName(props);
  const layout = props.layout ?? { configuration: `/etc/${name}`, runtime: `/run/${name}` };
  const templates = agent.files.flatMap((file) =>
    fileTemplates({ tenant, environment: settings.environment }, file).map(({ file: target, text }) => ({
      name: target,
      destination: path.join(agent.directory, target),
      text,
    })),
  );
  const configuration = agentConfiguration({ ...props, layout, login: appRoleLogin(props, layout), templates });
  const rule = polkitRule({ command: agent.command, user });
  const onHost: RenderedFile[] = [
    {
      path: configurationFile(layout),
      content: `${JSON.stringify(configuration, undefined, 2)}\n`,
      mode: readableMode,
    },
    ...templates.map(({ name: template, text }) => ({
      path: templateFile(layout, template),
      content: text,
      mode: readableMode,
    })),
    ...(caCertificate === undefined ? [] : [{ path: caFile(layout), content: caCertificate, mode: readableMode }]),
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
 * The service. It may write the folder of the files and its own folder in memory, nothing else, and has no capability. What
 * is not forbidden although it could be for the agent alone (writable code, `/proc` of others) is for a command that is a
 * Java program, since it inherits all this.
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

\`/usr/bin/${binary}\` and the account \`${user}\` have to be there.

\`\`\`sh
${onHost.map((file) => `install -D -m 0644 ${file.path.slice(1)} ${file.path}`).join('\n')}
install -d -o ${user} -m 0700 ${agent.directory}
systemctl daemon-reload
systemctl enable --now ${name}
\`\`\`

## Hand over the SecretID

An administrator issues it:

\`\`\`sh
${issueCommands(props).join('\n')}
\`\`\`

and root, on the host, within ten minutes:

\`\`\`sh
install -m 0644 role-id ${roleIdFile(layout)}
install -o ${user} -m 0600 wrapped ${secretIdFile(layout)} && rm wrapped
journalctl --follow --unit ${name}
\`\`\`

The agent unwraps it within half a minute, once, and keeps it in memory alone: whoever takes the file away before is noticed, and a copy of
the disk is worth nothing. So after a restart of the agent or the host it waits for the next one, and the files stay as they are until then.
${secretIdEnd(settings.appRole)}

${operation(props)}${reload(props, user)}
`;
}

function reload({ agent }: SystemdProps, user: string): string {
  if (polkitRule({ command: agent.command, user }) === undefined) return '';
  return `
- The command goes to systemd as \`${user}\`, which the rule of polkit allows for this verb and this unit. \`systemctl try-reload-or-restart\`
  is the verb that does no harm where the program does not run yet.`;
}
