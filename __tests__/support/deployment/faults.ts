import type { ServerClient } from '../../../client/server-client';
import { dialects } from '../../../model/dialect';
import type { DeployedServers } from './deployed-servers';

/**
 * A server that stepped down leaves leadership to others for so long, in milliseconds. Where one after the other steps down
 * sooner, there is nobody left to take over.
 */
export const stepDownRest = 11_000;

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
      await killServer(servers, pod);
      break;
  }
  return pod;
}

/** Kills the server's process, as the kernel does when memory is short; from beside it, in the same process namespace. */
async function killServer(servers: DeployedServers, pod: string): Promise<void> {
  const { binary } = dialects[servers.cluster.dialect];
  const script = `for each in /proc/[0-9]*; do if [ "$(cat $each/comm)" = ${binary} ]; then kill -KILL "\${each#/proc/}"; fi; done`;
  const exec = ['exec', pod, `--namespace=${servers.namespace}`, '--container=attendant', '--'];
  await servers.kubernetes.kubectl([...exec, 'sh', '-ec', script]);
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
