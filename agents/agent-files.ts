import { PlatformError, type Problem } from '../model/errors';
import type { Agent } from '../model/tenant/agent';
import type { AppRoleLogin } from '../model/tenant/logins/approle';
import type { KubernetesLogin } from '../model/tenant/logins/kubernetes';
import type { Tenant, TenantEnvironment } from '../model/tenant/tenant';

/** A file to write, as text. */
export interface RenderedFile {
  /** Relative to the folder of the output, with `/`. */
  readonly path: string;
  readonly content: string;
  /** 0600 unless somebody else has to read it; never a secret if so. */
  readonly mode: number;
}

/** An agent of a tenant in one environment. */
export interface AgentProps {
  readonly tenant: Pick<Tenant, 'name' | 'team'>;
  readonly settings: Pick<TenantEnvironment, 'environment' | 'appRole'>;
  readonly agent: Agent;
  /** PEM of the authority that signed the server's certificate. @default - one that the machine trusts */
  readonly caCertificate?: string;
}

/** Where the agent finds its own things, on a host or in a container. */
export interface AgentLayout {
  /** Folder of the configuration and its templates. */
  readonly configuration: string;
  /** Folder in memory, which the agent alone can use. */
  readonly runtime: string;
}

export const readableMode = 0o644;
export const privateMode = 0o600;

/** Files of the configuration, below {@link AgentLayout.configuration}. */
export const configurationFile = (layout: AgentLayout, name = 'agent'): string =>
  `${layout.configuration}/${name}.json`;
export const templateFile = (layout: AgentLayout, name: string): string => `${layout.configuration}/${name}.ctmpl`;
export const caFile = (layout: AgentLayout): string => `${layout.configuration}/ca.crt`;

/** Not a secret: it names the role that the agent logs in as. */
export const roleIdFile = (layout: AgentLayout): string => `${layout.configuration}/role-id`;

/** The response-wrapped SecretID; the agent removes it once it has read it. */
export const secretIdFile = (layout: AgentLayout): string => `${layout.runtime}/wrapped-secret-id`;

interface LoginTypes {
  readonly approle: AppRoleLogin;
  readonly kubernetes: KubernetesLogin;
}

/** The login of the agent's policy that a target needs. @throws PlatformError `usage` if it has none */
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

/** What would make an agent stop, or run something else than it says. `login`: how it logs in. */
export function agentProblems({ agent, settings }: AgentProps, login: keyof LoginTypes): Problem[] {
  const { command } = agent;
  const problems: Problem[] = [];
  if (command !== undefined && !command[0]?.trim()) {
    problems.push({ message: 'this command names no program', given: JSON.stringify(command) });
  }
  if (command?.length === 1 && /\s/.test(command[0]?.trim() ?? '')) {
    problems.push({
      message: 'an agent gives a command of one word with blanks in it to a shell',
      given: JSON.stringify(command),
      fix: 'write the program and each argument as an entry of its own',
    });
  }
  const { secretIdNumUses } = settings.appRole;
  if (secretIdNumUses !== 0 && login === 'approle') {
    problems.push({
      message: 'this agent would stop: it logs in again whenever its token ends, with the same SecretID',
      given: `secretIdNumUses: ${secretIdNumUses}`,
      allowed: 'secretIdNumUses: 0',
    });
  }
  return problems;
}

/** Whether a command talks to systemd, which there is none of in a container. */
export const asksSystemd = (command: readonly string[] | undefined): boolean =>
  command?.[0] !== undefined && /^(?:(?:\/usr)?\/bin\/)?systemctl$/.test(command[0]);
