import { dialects } from '../model/dialect';
import { roleOfPolicy } from '../model/names';
import { caFile, roleIdFile, secretIdFile, templateFile, type AgentLayout, type AgentProps } from './agent-files';

/** How the agent logs in, in its own words. */
export interface AgentLogin {
  readonly type: 'approle' | 'kubernetes';
  readonly mount_path: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A template, and where it goes. */
export interface ConfiguredTemplate {
  /** Name of the template, without folder and ending. */
  readonly name: string;
  /** File to write, absolute. */
  readonly destination: string;
}

export interface AgentConfigurationProps extends AgentProps {
  readonly layout: AgentLayout;
  readonly login: AgentLogin;
  readonly templates: readonly ConfiguredTemplate[];
  /** File that the agent leaves its token in. @default - the token stays with the agent */
  readonly tokenFile?: string;
  /** Ends once everything is written, and at the first failure: for what has to be there before something else. @default false */
  readonly once?: boolean;
}

/** Share of a certificate's life after which it is renewed, where an agent can be told. */
const renewalThreshold = 0.67;

/** How long the command may take, before the agent ends it. */
const commandTimeout = '60s';

/** With RoleID and a SecretID that comes response-wrapped: the agent checks where it was made, and unwraps it once. */
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

/** Path that makes SecretIDs for an agent. */
export const secretIdPath = ({ agent, settings }: AgentProps): string =>
  `auth/${settings.environment.appRoleMount}/role/${roleOfPolicy(agent.policy.name)}/secret-id`;

/**
 * The configuration of an agent, as JSON; it holds no secret. No listener, no cache: the agent serves nobody. Files are
 * replaced by renaming, and keep mode 0600.
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
