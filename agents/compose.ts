import path from 'node:path/posix';

import { stringify } from 'yaml';

import { dialects } from '../model/dialect';
import {
  caFile,
  configurationFile,
  loginOf,
  privateMode,
  readableMode,
  secretIdFile,
  templateFile,
  type AgentLayout,
  type AgentProps,
  type RenderedFile,
} from './agent-files';
import { agentConfiguration, appRoleLogin } from './configuration';
import { containerLayout, containerUser, requireContainerCommand } from './containers';
import { agentName, heading, issueCommands, operation, secretIdEnd } from './handover';
import { fileTemplates } from './templates';

export interface ComposeProps extends AgentProps {
  /** @default - `/etc/agent` and `/run/agent` */
  readonly layout?: AgentLayout;
}

/** Folder beside `compose.yaml` that the agent's container sees as its configuration. */
const folder = 'agent';

/** An agent as a Compose service. @throws PlatformError `usage` without AppRole login, or with a command for systemd */
export function composeFiles(props: ComposeProps): RenderedFile[] {
  loginOf(props, 'approle');
  requireContainerCommand(props);
  const { agent, tenant, settings, caCertificate, layout = containerLayout } = props;
  const templates = agent.files.flatMap((file) =>
    fileTemplates({ tenant, environment: settings.environment }, file).map(({ file: target, text }) => ({
      name: target,
      destination: path.join(agent.directory, target),
      text,
    })),
  );
  const configuration = agentConfiguration({ ...props, layout, login: appRoleLogin(props, layout), templates });
  // The account in the container is not the one that owns the clone, so it reads these as everybody.
  const inContainer: RenderedFile[] = [
    {
      path: configurationFile(layout),
      content: `${JSON.stringify(configuration, undefined, 2)}\n`,
      mode: readableMode,
    },
    ...templates.map(({ name, text }) => ({ path: templateFile(layout, name), content: text, mode: readableMode })),
    ...(caCertificate === undefined ? [] : [{ path: caFile(layout), content: caCertificate, mode: readableMode }]),
  ];
  return [
    ...inContainer.map((file) => ({
      ...file,
      path: path.join(folder, path.relative(layout.configuration, file.path)),
    })),
    { path: 'compose.yaml', content: stringify(project(props, layout), { lineWidth: 0 }), mode: privateMode },
    { path: 'README.md', content: instructions(props, layout), mode: privateMode },
  ];
}

/**
 * Files and SecretID are in memory. The agent's service has no capability, cannot get one, and writes to these two alone.
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

It runs as the same account and sees the same files, in memory. In a file of your own beside \`compose.yaml\`, \`compose.override.yaml\`:

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
    ? 'Nothing tells it that files have changed: it has to look.'
    : `The command runs in the agent's container, with the programs of its image. To send the program a signal, the agent needs
\`pid: service:program\` in the same file (and the program then no \`depends_on\`).`
}

## Start, and hand over the SecretID

An administrator issues it:

\`\`\`sh
${issueCommands(props).join('\n')}
\`\`\`

and who runs the containers, within ten minutes:

\`\`\`sh
install -m 0644 role-id ${folder}/role-id
docker compose up --detach
docker compose exec -T agent sh -c 'umask 077; cat > ${secretIdFile(layout)}' < wrapped && rm wrapped
docker compose logs --follow agent
\`\`\`

The agent unwraps it within half a minute, once, and keeps it in memory alone. So after a restart it waits for the next one.
${secretIdEnd(settings.appRole)}

${operation(props)}
`;
}
