import { PlatformError, type Problem } from '../model/errors';
import type { Agent } from '../model/tenant/agent';
import type { AppRoleLogin } from '../model/tenant/login';
import type { KubernetesLogin } from '../model/tenant/logins/kubernetes';
import type { Tenant, TenantEnvironment } from '../model/tenant/tenant';

/** A text file to write. */
export interface RenderedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly content: string;
  /** 0600, or 0644 where another account has to read the file; a file with 0644 holds no secret. */
  readonly mode: number;
}

/** An agent of a tenant in one environment. */
export interface AgentProps {
  readonly tenant: Pick<Tenant, 'name' | 'inventoryName' | 'team'>;
  readonly settings: Pick<TenantEnvironment, 'environment' | 'appRole'>;
  readonly agent: Agent;
  /** PEM of the authority that signed the server's certificate. @default - the authorities that the machine trusts */
  readonly caCertificate?: string;
}

/** Folders of the agent itself, on a host or in a container. */
export interface AgentLayout {
  /** Configuration and templates. */
  readonly configuration: string;
  /** In memory, accessible to the agent only. */
  readonly runtime: string;
}

export const readableMode = 0o644;
export const privateMode = 0o600;

/** Files of the configuration, below {@link AgentLayout.configuration}. */
export const configurationFile = (layout: AgentLayout, name = 'agent'): string =>
  `${layout.configuration}/${name}.json`;
export const templateFile = (layout: AgentLayout, name: string): string => `${layout.configuration}/${name}.ctmpl`;
export const caFile = (layout: AgentLayout): string => `${layout.configuration}/ca.crt`;

/** Not a secret: it identifies the role that the agent logs in as. */
export const roleIdFile = (layout: AgentLayout): string => `${layout.configuration}/role-id`;

/** The response-wrapped SecretID. The agent removes the file after reading it. */
export const secretIdFile = (layout: AgentLayout): string => `${layout.runtime}/wrapped-secret-id`;

interface LoginTypes {
  readonly approle: AppRoleLogin;
  readonly kubernetes: KubernetesLogin;
}

/** The login of the agent's policy that a target needs. @throws PlatformError `usage` if the policy has none */
export function loginOf<Type extends keyof LoginTypes>({ agent }: AgentProps, type: Type): LoginTypes[Type] {
  const { logins, name } = agent.policy;
  const login = logins.find((candidate): candidate is LoginTypes[Type] => candidate.type === type);
  if (login !== undefined) return login;
  throw new PlatformError('usage', [
    {
      message: `the policy of this agent has no login of type ${type}`,
      given: `${name} (${logins.map((candidate) => candidate.type).join(', ')})`,
      fix: `add ${type} to its logins, or choose another target`,
    },
  ]);
}

/**
 * Settings with which an agent would stop, or would run another command than the one given.
 *
 * @param login how the agent logs in
 */
export function agentProblems({ agent, settings }: AgentProps, login: keyof LoginTypes): Problem[] {
  const { command } = agent;
  const problems: Problem[] = [];
  if (command !== undefined && !command[0]?.trim()) {
    problems.push({
      message: 'this command names no program',
      given: JSON.stringify(command),
      fix: 'write the program as the first entry, or remove `command`',
    });
  }
  if (command?.length === 1 && /\s/.test(command[0]?.trim() ?? '')) {
    problems.push({
      message: 'an agent passes a one-word command that contains blanks to a shell',
      given: JSON.stringify(command),
      fix: 'write the program and each argument as an entry of its own',
    });
  }
  const { secretIdNumUses } = settings.appRole;
  if (secretIdNumUses !== 0 && login === 'approle') {
    problems.push({
      message: 'this agent would stop: it logs in again with the same SecretID whenever its token expires',
      given: `secretIdNumUses: ${secretIdNumUses}`,
      allowed: 'secretIdNumUses: 0',
      fix: 'set secretIdNumUses to 0 in the `appRole` settings of the tenant',
    });
  }
  return problems;
}

/** Whether a command calls systemd, which containers do not have. */
export const asksSystemd = (command: readonly string[] | undefined): boolean =>
  command?.[0] !== undefined && /^(?:(?:\/usr)?\/bin\/)?systemctl$/.test(command[0]);
