import path from 'node:path/posix';

import { stringify } from 'yaml';

import { dialects } from '../model/dialect';
import {
  configurationFile,
  privateMode,
  secretIdFile,
  type AgentLayout,
  type AgentProps,
  type RenderedFile,
} from './agent-files';
import { appRoleFiles } from './app-role-files';
import { containerLayout, containerUser, requireContainerCommand } from './containers';
import { agentName, heading, issueCommands, operation, secretIdEnd } from './instructions';

export interface ComposeProps extends AgentProps {
  /** @default - `/etc/agent` and `/run/agent` */
  readonly layout?: AgentLayout;
}

/** Folder beside `compose.yaml` that is mounted into the agent's container as its configuration. */
const folder = 'agent';

/** An agent as a Compose service. @throws PlatformError `usage` without an AppRole login, or if the command calls systemd */
export function composeFiles(props: ComposeProps): RenderedFile[] {
  requireContainerCommand(props);
  const { layout = containerLayout } = props;
  return [
    ...appRoleFiles(props, layout).map((file) => ({
      ...file,
      path: path.join(folder, path.relative(layout.configuration, file.path)),
    })),
    { path: 'compose.yaml', content: stringify(project(props, layout), { lineWidth: 0 }), mode: privateMode },
    { path: 'README.md', content: instructions(props, layout), mode: privateMode },
  ];
}

/**
 * Files and SecretID are in memory, and the agent can write nowhere else. Its service has no capabilities and cannot gain any.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/spec.md
 */
function project(props: ComposeProps, layout: AgentLayout): unknown {
  const { agent, settings } = props;
  const { binary, image } = dialects[settings.environment.cluster.dialect];
  const options = `uid=${containerUser},gid=${containerUser},mode=0700,size=4m,nosuid,nodev,noexec`;
  return {
    name: agentName(props),
    services: {
      agent: {
        image,
        entrypoint: [binary, 'agent'],
        command: [`-config=${configurationFile(layout)}`],
        user: `${containerUser}:${containerUser}`,
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        restart: 'unless-stopped',
        tmpfs: [`${layout.runtime}:${options}`],
        volumes: [
          { type: 'bind', source: `./${folder}`, target: layout.configuration, read_only: true },
          { type: 'volume', source: 'files', target: agent.directory },
        ],
      },
    },
    volumes: { files: { driver_opts: { type: 'tmpfs', device: 'tmpfs', o: options } } },
  };
}

function instructions(props: ComposeProps, layout: AgentLayout): string {
  const { agent, settings } = props;
  return `${heading(props, 'compose')}

## The program

It runs as the same account as the agent and mounts the same files, which are in memory. Add it in a file of your own beside
\`compose.yaml\`, for example \`compose.override.yaml\`:

\`\`\`yaml
services:
  program:
    image: registry.example.com/program:1
    user: '${containerUser}:${containerUser}'
    depends_on: [agent]
    volumes:
      - {type: volume, source: files, target: ${agent.directory}, read_only: true}
\`\`\`

${
  agent.command === undefined
    ? 'It is not notified when files change: it has to watch them.'
    : `The command runs in the agent's container, with the programs of its image. To send the program a signal, set
\`pid: service:program\` for the agent in the same file, and remove \`depends_on\` from the program.`
}

## Start and deliver the SecretID

An administrator issues it:

\`\`\`sh
${issueCommands(props).join('\n')}
\`\`\`

Within ten minutes, the operator of the containers runs:

\`\`\`sh
install -m 0644 role-id ${folder}/role-id
docker compose up --detach
docker compose exec -T agent sh -c 'umask 077; cat > ${secretIdFile(layout)}' < wrapped && rm wrapped
docker compose logs --follow agent
\`\`\`

The agent unwraps it once, within half a minute, and keeps it in memory only. After a restart it needs a new one.
${secretIdEnd(settings.appRole)}

${operation(props)}
`;
}
