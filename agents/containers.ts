import { PlatformError } from '../model/errors';
import { asksSystemd, type AgentLayout, type AgentProps } from './agent-files';

/** Folders in a container, of which each has its own. */
export const containerLayout: AgentLayout = { configuration: '/etc/agent', runtime: '/run/agent' };

/** Account of agent and program in containers: they share files that nobody else can read. */
export const containerUser = 10_001;

/** @throws PlatformError `usage` if the command needs what no container has */
export function requireContainerCommand({ agent }: AgentProps): void {
  if (!asksSystemd(agent.command)) return;
  throw new PlatformError('usage', [
    {
      message: 'there is no systemd in a container',
      given: agent.command?.join(' ') ?? '',
      fix: 'let the command send a signal, such as pkill -HUP java, or leave it out if the program watches its files',
    },
  ]);
}
