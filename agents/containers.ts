import { PlatformError } from '../model/errors';
import { asksSystemd, type AgentLayout, type AgentProps } from './agent-files';

/** Folders of the agent in a container. */
export const containerLayout: AgentLayout = { configuration: '/etc/agent', runtime: '/run/agent' };

/** Account of agent and program in containers: they share files that no other account can read. */
export const containerUser = 10_001;

/** @throws PlatformError `usage` if the command calls systemd */
export function requireContainerCommand({ agent }: AgentProps): void {
  if (!asksSystemd(agent.command)) return;
  throw new PlatformError('usage', [
    {
      message: 'there is no systemd in a container',
      given: agent.command?.join(' ') ?? '',
      fix: 'send a signal instead, for example `pkill -HUP java`, or remove the command if the program watches its files',
    },
  ]);
}
