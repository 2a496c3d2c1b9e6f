import { randomBytes } from 'node:crypto';

import type { Labels } from '../../../model/cluster/kubernetes/parts';
import { dialects } from '../../../model/dialect';
import { activeService } from '../../../model/names';
import type { DeployedServers } from './deployed-servers';

/** Where a pod finds its token, and the authority of the servers. */
const tokenFile = '/var/run/client/token';
const caFile = '/etc/client/ca.crt';

/** Pods of others, in a namespace of their own, with the servers' command line. */
export class ClientPods {
  public readonly namespace = `clients-${randomBytes(4).toString('hex')}`;

  constructor(
    private readonly servers: DeployedServers,
    /** Whom the pods' tokens are made out to. */
    private readonly audience: string,
  ) {}

  public async prepare(): Promise<void> {
    await this.servers.kubernetes.kubectl(['create', 'namespace', this.namespace]);
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ca' } };
    const data = { 'ca.crt': this.servers.secrets.ca };
    await this.kubectl('create --filename=-', JSON.stringify({ ...settings, data }));
  }

  /** Starts a pod that waits for commands, with a ServiceAccount of its own name. */
  public async start(name: string, labels: Labels): Promise<void> {
    const { cluster } = this.servers;
    const { envPrefix } = dialects[cluster.dialect];
    const spec = {
      serviceAccountName: name,
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'client',
          image: cluster.server.image,
          command: ['sleep', 'infinity'],
          env: [
            {
              name: `${envPrefix}_ADDR`,
              value: `https://${activeService(cluster)}.${cluster.server.namespace}.svc:8200`,
            },
            { name: `${envPrefix}_CACERT`, value: caFile },
            { name: 'HOME', value: '/tmp' },
          ],
          volumeMounts: [
            { name: 'token', mountPath: '/var/run/client' },
            { name: 'ca', mountPath: '/etc/client' },
          ],
        },
      ],
      volumes: [
        {
          name: 'token',
          projected: { sources: [{ serviceAccountToken: { path: 'token', audience: this.audience } }] },
        },
        { name: 'ca', configMap: { name: 'ca' } },
      ],
    };
    await this.kubectl(`create serviceaccount ${name}`);
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec };
    await this.kubectl('create --filename=-', JSON.stringify(pod));
    await this.kubectl(`wait pod/${name} --for=condition=Ready --timeout=60s`);
  }

  /** Runs a shell's commands in a pod. */
  public async run(pod: string, commands: string): Promise<string> {
    const args = ['exec', pod, `--namespace=${this.namespace}`, '--', 'sh', '-ec', commands];
    return await this.servers.kubernetes.kubectl(args);
  }

  /** Logs in as the pod's ServiceAccount, and runs commands with the token, which is in the environment of them alone. */
  public async runLoggedIn(pod: string, method: string, role: string, commands: string): Promise<string> {
    const { binary, envPrefix } = dialects[this.servers.cluster.dialect];
    const login = `${binary} write -field=token auth/${method}/login role=${role} jwt=@${tokenFile}`;
    return await this.run(pod, `token=$(${login}); ${envPrefix}_TOKEN=$token; export ${envPrefix}_TOKEN; ${commands}`);
  }

  /** Whether a pod can open a connection: what a NetworkPolicy denies is never answered. */
  public async reaches(pod: string, address: string, port: number): Promise<boolean> {
    const outcome = await this.run(pod, `timeout 3 bash -c '</dev/tcp/${address}/${port}' && echo yes || echo no`);
    return outcome.trim() === 'yes';
  }

  public async dispose(): Promise<void> {
    const { kubectl } = this.servers.kubernetes;
    await kubectl(['delete', 'namespace', this.namespace, '--wait=false', '--ignore-not-found']);
  }

  private async kubectl(command: string, input = ''): Promise<string> {
    const args = [...command.split(' '), `--namespace=${this.namespace}`];
    return await this.servers.kubernetes.kubectl(args, { input });
  }
}
