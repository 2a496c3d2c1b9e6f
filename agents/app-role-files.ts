import {
  caFile,
  configurationFile,
  loginOf,
  readableMode,
  templateFile,
  type AgentLayout,
  type AgentProps,
  type RenderedFile,
} from './agent-files';
import { agentConfiguration, appRoleLogin } from './configuration';
import { agentTemplates } from './templates';

/**
 * Configuration, templates and CA certificate of an agent that logs in with AppRole. None of them is secret, so every account
 * may read them: on a host root installs them, in a container the agent's account differs from the one that owns the folder.
 *
 * @throws PlatformError `usage` if the agent's policy has no AppRole login
 */
export function appRoleFiles(props: AgentProps, layout: AgentLayout): RenderedFile[] {
  loginOf(props, 'approle');
  const { caCertificate } = props;
  const templates = agentTemplates(props);
  const configuration = agentConfiguration({ ...props, layout, login: appRoleLogin(props, layout), templates });
  const files = [
    { path: configurationFile(layout), content: `${JSON.stringify(configuration, undefined, 2)}\n` },
    ...templates.map(({ name, text }) => ({ path: templateFile(layout, name), content: text })),
    ...(caCertificate === undefined ? [] : [{ path: caFile(layout), content: caCertificate }]),
  ];
  return files.map((file) => ({ ...file, mode: readableMode }));
}
