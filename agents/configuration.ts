import { dialects } from '../model/dialect';
import { roleOfPolicy } from '../model/names';
import { caFile, roleIdFile, secretIdFile, templateFile, type AgentLayout, type AgentProps } from './agent-files';

/** `auto_auth` method of the agent. */
export interface AgentLogin {
  readonly type: 'approle' | 'kubernetes';
  readonly mount_path: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A template and its destination. */
export interface ConfiguredTemplate {
  /** Name of the template, without folder and extension. */
  readonly name: string;
  /** File to write, absolute. */
  readonly destination: string;
}

export interface AgentConfigurationProps extends AgentProps {
  readonly layout: AgentLayout;
  readonly login: AgentLogin;
  readonly templates: readonly ConfiguredTemplate[];
  /** File that the agent writes its token to. @default - none: the token stays in the agent's memory */
  readonly tokenFile?: string;
  /** Whether the agent exits after writing all files, or at the first failure, as an init container does. @default false */
  readonly once?: boolean;
}

/** Share of a certificate's lifetime after which Vault's agent renews it. OpenBao's agent has no such setting. */
const renewalThreshold = 0.67;

/** The agent stops the command after this time. */
const commandTimeout = '60s';

/** Login with RoleID and a response-wrapped SecretID. The agent verifies the creation path of the wrapping token and unwraps it once. */
export const appRoleLogin = (props: AgentProps, layout: AgentLayout): AgentLogin => ({
  type: 'approle',
  mount_path: `auth/${props.settings.environment.appRoleMount}`,
  config: {
    role_id_file_path: roleIdFile(layout),
    secret_id_file_path: secretIdFile(layout),
    remove_secret_id_file_after_reading: true,
    secret_id_response_wrapping_path: secretIdPath(props),
  },
});

/** API path that issues SecretIDs for an agent. */
export const secretIdPath = ({ agent, settings }: AgentProps): string =>
  `auth/${settings.environment.appRoleMount}/role/${roleOfPolicy(agent.policy.name)}/secret-id`;

/**
 * The configuration of an agent, as JSON, without secrets. It has no listener and no cache. The agent replaces files
 * atomically, by renaming, with mode 0600.
 *
 * @see https://openbao.org/docs/agent-and-proxy/agent/
 * @see https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent
 */
export function agentConfiguration(props: AgentConfigurationProps): Readonly<Record<string, unknown>> {
  const { agent, settings, layout, login, templates, tokenFile, caCertificate, once = false } = props;
  const { cluster } = settings.environment;
  const { renewalThresholdSetting } = dialects[cluster.dialect];
  const command = once ? undefined : agent.command;
  return {
    vault: { address: cluster.address, ...(caCertificate !== undefined && { ca_cert: caFile(layout) }) },
    auto_auth: {
      method: [{ ...login, ...(once ? { exit_on_err: true } : { min_backoff: '1s', max_backoff: '30s' }) }],
      ...(tokenFile !== undefined && { sinks: [{ sink: { type: 'file', config: { path: tokenFile, mode: 0o600 } } }] }),
    },
    ...(once && { exit_after_auth: true }),
    template_config: {
      exit_on_retry_failure: once,
      static_secret_render_interval: '1m',
      ...(renewalThresholdSetting !== undefined && { [renewalThresholdSetting]: renewalThreshold }),
    },
    template: templates.map(({ name, destination }) => ({
      source: templateFile(layout, name),
      destination,
      perms: '0600',
      error_on_missing_key: true,
      create_dest_dirs: false,
      ...(command !== undefined && { exec: { command, timeout: commandTimeout } }),
    })),
  };
}
