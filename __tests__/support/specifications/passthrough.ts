import http from 'node:http';
import https from 'node:https';
import tls, { type TLSSocket } from 'node:tls';

import { createExposure } from '../../../constructs/exposure/exposure';
import { PodPolicy } from '../../../constructs/kubernetes/pod-policy';
import { serverPorts } from '../../../constructs/kubernetes/ports';
import type { ServerContext } from '../../../constructs/kubernetes/server-part';
import type { NetworkPeer } from '../../../model/cluster/kubernetes/parts';
import { eventually } from '../eventually';
import type { PassthroughController } from '../ingress/passthrough-controllers';
import type { RunningController } from '../ingress/running-controller';
import type { Kubernetes } from '../kubernetes/kubernetes';
import { inKubernetes, kubernetesFolder, removeFolder } from '../kubernetes/kubernetes-run';
import { itUnless } from '../skips';
import type { StackMaker, TerraformFolder } from '../terraform/terraform-folder';

/** Servers to be exposed: their Services and NetworkPolicies are there, and do not let this machine in. */
export interface PassthroughBackend {
  readonly kubernetes: Kubernetes;
  readonly context: ServerContext;
  /** PEM of the authority that signed the servers' certificate. */
  readonly authority: string;
  /** SHA-256 of the certificate of the active server, as Node writes it. */
  readonly fingerprint: () => Promise<string>;
  /** Name of the pod that answers, found out by asking for a path of it. */
  readonly whoAnswers: (ask: (path: string) => Promise<string>) => Promise<string>;
  /** Makes another pod the active one. @returns the name of that */
  readonly failOver: () => Promise<string>;
}

/** Controllers lag behind by some seconds. */
const patience = 30_000;

/** What TLS passthrough means, for a client outside of the cluster. */
export function passthroughSpecification(controller: PassthroughController, backend: () => PassthroughBackend): void {
  describe(controller.title, () => {
    const missing = controller.missing();
    if (missing === undefined) describeController(controller, backend);
    else itUnless(missing, `passthrough by ${controller.title}`)('works', () => undefined);
  });
}

function describeController(controller: PassthroughController, backend: () => PassthroughBackend): void {
  let running: RunningController | undefined;
  let folder: TerraformFolder | undefined;
  let client: Client;
  beforeAll(async () => {
    const { kubernetes, context, authority } = backend();
    running = await controller.start(kubernetes);
    folder = await kubernetesFolder(kubernetes);
    client = new Client(new URL(context.cluster.address).hostname, running, authority);
  }, 900_000);
  afterAll(async () => {
    await folder?.destroy();
    if (folder !== undefined) removeFolder(folder);
    await running?.stop();
  }, 60_000);

  const exposed = (): StackMaker => {
    const { context, kubernetes } = backend();
    // The controller is a process of this machine.
    const from: NetworkPeer[] = [{ cidr: `${kubernetes.lab?.hostAddress}/32` }];
    return inKubernetes((scope) => {
      const peers = createExposure(controller.exposure(from)).bind(scope, context).from;
      new PodPolicy(scope, 'exposed', {
        context,
        purpose: 'exposed',
        pods: context.podLabels,
        ingress: [{ peers, ports: [serverPorts.clients] }],
      });
    });
  };
  const becomes = async (what: string, condition: () => Promise<boolean>): Promise<void> => {
    const detail = (): string => `the controller wrote:\n${running?.log()}`;
    const options = { milliseconds: patience, interval: 200, detail };
    await eventually(what, () => condition().catch(() => false), options);
  };

  it('has no endpoint before initialisation', async () => {
    expect(await client.certificate()).not.toBe(await backend().fingerprint());
  });

  it('presents the certificate of the server to clients', async () => {
    await folder!.apply(exposed());
    const fingerprint = await backend().fingerprint();
    await becomes('passthrough', async () => (await client.certificate()) === fingerprint);
    // A client that trusts nobody but the server's authority is served as well.
    expect(await backend().whoAnswers((path) => client.ask(path))).toMatch(/-\d+$/);
  });

  it('has an empty second plan', async () => {
    expect(await folder!.plan()).toEqual([]);
  });

  it('refuses other host names, and connections without one', async () => {
    const fingerprint = await backend().fingerprint();
    expect(await client.certificate('other.example.com')).not.toBe(fingerprint);
    expect(await client.certificate('')).not.toBe(fingerprint);
  });

  const redirects = itUnless(controller.redirectMissing, `redirection by ${controller.title}`);
  redirects('redirects HTTP to HTTPS', async () => {
    await becomes('redirection', async () => (await client.plain('/v1/sys/health')).status < 400);
    const { status, location } = await client.plain('/v1/sys/health');
    expect([301, 302, 307, 308]).toContain(status);
    expect(location).toMatchObject({ protocol: 'https:', hostname: client.host, pathname: '/v1/sys/health' });
  });

  it('routes the client to the new active server after a failover', async () => {
    const before = await backend().whoAnswers((path) => client.ask(path));
    const after = await backend().failOver();
    expect(after).not.toBe(before);
    await becomes('fail-over', async () => (await backend().whoAnswers((path) => client.ask(path))) === after);
    expect(await client.certificate()).toBe(await backend().fingerprint());
  });

  it('has no endpoint after its removal', async () => {
    await folder!.apply(inKubernetes(() => undefined));
    const fingerprint = await backend().fingerprint();
    await becomes('closing', async () => (await client.certificate()) !== fingerprint);
  });
}

/** Somebody outside who asks for the servers by their name, and connects to the controller. */
class Client {
  constructor(
    public readonly host: string,
    private readonly controller: RunningController,
    private readonly authority: string,
  ) {}

  /** SHA-256 of the certificate that is shown to who asks for a name; undefined if there is none. */
  public certificate(servername = this.host): Promise<string | undefined> {
    return new Promise((resolve) => {
      const socket: TLSSocket = tls.connect(
        { port: this.controller.https, host: '127.0.0.1', servername, rejectUnauthorized: false, timeout: 5000 },
        () => {
          resolve(socket.getPeerX509Certificate()?.fingerprint256);
          socket.destroy();
        },
      );
      socket.once('timeout', () => socket.destroy());
      socket.once('error', () => resolve(undefined));
      socket.once('close', () => resolve(undefined));
    });
  }

  /** Over TLS that is verified to its end, and over a connection of its own. */
  public async ask(path: string): Promise<string> {
    const { host, authority: ca } = this;
    return await new Promise((resolve, reject) => {
      const request = https.get(
        { port: this.controller.https, host: '127.0.0.1', path, servername: host, ca, agent: false, headers: { host } },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('end', () => resolve(text));
          response.on('error', reject);
        },
      );
      request.setTimeout(5000, () => request.destroy(new Error('no answer within 5 s')));
      request.once('error', reject);
    });
  }

  /** What plain HTTP is answered by. */
  public async plain(path: string): Promise<{ status: number; location?: URL }> {
    const { host } = this;
    return await new Promise((resolve, reject) => {
      const request = http.get(
        { port: this.controller.http, host: '127.0.0.1', path, agent: false, headers: { host } },
        ({ statusCode = 0, headers: { location } }) => {
          resolve({ status: statusCode, ...(location !== undefined && { location: new URL(location) }) });
          request.destroy();
        },
      );
      request.once('error', reject);
    });
  }
}
