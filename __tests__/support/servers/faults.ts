import type { ServerClient } from '../../../local/cluster/client';
import { dialects } from '../../../model/dialect';
import type { DeployedServers } from './deployed-servers';

/** What can happen to the active server. */
export type Fault = 'step-down' | 'delete' | 'delete --force' | 'kill -9';
export const faults: readonly Fault[] = ['step-down', 'delete', 'delete --force', 'kill -9'];

/**
 * Lets it happen to the active server.
 *
 * @param admin with a token that may make a server step down
 * @returns which pod it happened to
 */
async function strike(servers: DeployedServers, fault: Fault, admin: ServerClient): Promise<string> {
  const { binary } = dialects[servers.cluster.dialect];
  const pod = await servers.active();
  switch (fault) {
    case 'step-down':
      await admin.write('sys/step-down');
      break;
    case 'delete':
      await servers.kubectl(`delete pod ${pod} --wait=false`);
      break;
    case 'delete --force':
      await servers.kubectl(`delete pod ${pod} --force --grace-period=0`);
      break;
    case 'kill -9':
      // As the kernel does when memory is short; from beside it, for a process cannot be killed by its own children.
      await servers.kubectl(`exec ${pod} --container=attendant -- pkill -KILL -x ${binary}`);
      break;
  }
  return pod;
}

/**
 * Lets it happen, and waits until the Service of clients lost its endpoint and everything is as before. The pod that it happened
 * to may be active again by then: its successor of the same name, or itself, may be quicker than the others.
 */
export async function strikeAndHeal(servers: DeployedServers, fault: Fault, admin: ServerClient): Promise<void> {
  const before = servers.endpoints.states.length;
  const pod = await strike(servers, fault, admin);
  const hasLeft = (): boolean => servers.endpoints.states.slice(before).some(({ ready }) => !ready.includes(pod));
  await servers.until(`${pod} gets no traffic`, hasLeft);
  await servers.whole();
}
