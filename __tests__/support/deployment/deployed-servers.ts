import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { ServerClient } from '../../../client/server-client';
import { adminPolicy } from '../../../constructs/policy/admin-policy';
import { provisionerPolicies } from '../../../constructs/policy/provisioner/provisioner-policies';
import { bootstrap } from '../../../local/cluster/bootstrap';
import { initialise } from '../../../local/cluster/unseal';
import { GuardedFolder } from '../../../local/guard/guarded-folder';
import type { ChangeSummary } from '../../../local/terraform/terraform';
import type { ProviderName } from '../../../local/toolbox/built-provider';
import type { DeployedCluster } from '../../../model/cluster/cluster';
import type { KubernetesServer } from '../../../model/cluster/kubernetes/server';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';
import type { Environment } from '../../../model/environment/environment';
import { activeService, serverName } from '../../../model/names';
import { ServerStack } from '../../../stacks/server-stack';
import { eventually } from '../eventually';
import { EndpointWatch } from '../kubernetes/endpoint-watch';
import type { Kubernetes } from '../kubernetes/kubernetes';
import { PodWatch } from '../kubernetes/pod-watch';
import { startPostgresql, type TestPostgresql } from '../postgresql/database-server';
import { TerraformFolder, type StackMaker } from '../terraform/terraform-folder';
import { ServerClients } from './server-clients';
import { loadClientImage, loadServerImage } from './server-image';
import { deployedCluster } from './server-model';
import { ServerSecrets } from './server-secrets';
import { Unsealer } from './unsealer';

/** Kinds of objects outside of the servers' namespace. */
const clusterScoped =
  'clusterrolebindings,priorityclasses,validatingadmissionpolicies,validatingadmissionpolicybindings';

/** Servers on Kubernetes as Terraform deploys them, with a database on this machine and clients that are let in. */
export class DeployedServers {
  /**
   * Prepares everything but the deployment itself: image, database, certificates.
   *
   * @param over what the inventory says besides the least
   */
  public static async prepare(
    kubernetes: Kubernetes,
    dialect: Dialect,
    over: Partial<KubernetesServer> = {},
  ): Promise<DeployedServers> {
    const { lab } = kubernetes;
    if (lab === undefined) throw new Error('pods cannot reach this machine: LAB_HOST_IP is not set');
    await loadServerImage(lab, dialect);
    const database = await startPostgresql(dialect, { address: lab.hostAddress, maxConnections: 208 });
    const name = `${dialect}-${randomBytes(4).toString('hex')}`;
    const { server, ...cluster } = await deployedCluster(kubernetes, lab, dialect, database, name);
    const whole = { ...cluster, server: { ...server, ...over } };
    if (!dialects[dialect].createsTables) await loadClientImage(lab, server.storage.clientImage);
    const folder = GuardedFolder.create('servers');
    const secrets = new ServerSecrets(folder.folder('secrets'));
    await secrets.makeCertificate(whole);
    await database.query(`CREATE ROLE ${dialect} LOGIN PASSWORD '${secrets.password}'`);
    await database.query(`ALTER DATABASE ${dialect} OWNER TO ${dialect}`);
    return new DeployedServers(kubernetes, folder, database, secrets, whole);
  }

  private readonly ending = new AbortController();
  private readonly clients: ServerClients;
  private watches?: { readonly pods: PodWatch; readonly endpoints: EndpointWatch };
  private terraform?: TerraformFolder;
  private unsealer?: Unsealer;

  private constructor(
    public readonly kubernetes: Kubernetes,
    private readonly folder: GuardedFolder,
    public readonly database: TestPostgresql,
    public readonly secrets: ServerSecrets,
    public cluster: DeployedCluster,
  ) {
    this.clients = new ServerClients(new URL(cluster.address).hostname, secrets.ca);
  }

  /** Aborted when they are disposed of: ends what a test that failed has left behind. */
  public get gone(): AbortSignal {
    return this.ending.signal;
  }

  public get namespace(): string {
    return this.cluster.server.namespace;
  }

  /** Begins the names of all objects. */
  public get name(): string {
    return serverName(this.cluster);
  }

  /** Pods, as they are now. */
  public get pods(): PodWatch {
    return deployed(this.watches).pods;
  }

  /** Endpoints of the Service of clients, since the deployment. */
  public get endpoints(): EndpointWatch {
    return deployed(this.watches).endpoints;
  }

  /** Pods that people had to unseal, by name, since the beginning. */
  public get unsealed(): readonly string[] {
    return deployed(this.unsealer).unsealed;
  }

  /** Where Terraform deployed them. */
  public get deployment(): TerraformFolder {
    return deployed(this.terraform);
  }

  /** `<cluster>-server`. */
  public get stack(): StackMaker {
    const { cluster } = this;
    return (app) => new ServerStack(app, { cluster });
  }

  /** Changes what the inventory says of the deployment, for the next time that {@link stack} is applied. */
  public change(over: Partial<KubernetesServer>): void {
    this.cluster = { ...this.cluster, server: { ...this.cluster.server, ...over } };
  }

  /** Runs kubectl in the servers' namespace; arguments are separated by blanks. */
  public async kubectl(command: string, input?: string): Promise<string> {
    const args = [`--namespace=${this.namespace}`, ...command.split(' ')];
    return await this.kubernetes.kubectl(args, input === undefined ? {} : { input });
  }

  /** Has Terraform deploy them, and makes the Secrets once there is a namespace for them, as people would. */
  public async deploy(): Promise<ChangeSummary> {
    const environment = { KUBE_CONFIG_PATH: this.kubernetes.kubeconfig };
    const terraform = await this.terraformFolder('server', environment, 'kubernetes');
    this.terraform = terraform;
    const applied = terraform.apply(this.stack);
    // It is looked at below; until then nobody listens.
    applied.catch(() => undefined);
    await Promise.race([applied, this.namespaceExists()]);
    await this.applySecrets();
    const { kubernetes, namespace, cluster } = this;
    const selector = `app.kubernetes.io/instance=${cluster.name},app.kubernetes.io/component=server`;
    this.watches = {
      pods: new PodWatch(kubernetes, namespace, selector, dialects[cluster.dialect].labelPrefix),
      endpoints: new EndpointWatch(kubernetes, namespace, activeService(cluster)),
    };
    return await applied;
  }

  /** Initialises them, lets the holders of the shares begin, and makes the tokens that every cluster has. */
  public async bootstrap(environments: readonly Environment[] = []): Promise<void> {
    const { cluster, secrets } = this;
    const running = (): readonly string[] => this.pods.pods.filter((pod) => pod.running).map(({ address }) => address);
    await this.until('every server runs', () => running().length === cluster.server.replicas);
    const [address = ''] = running();
    await this.until('it answers', async () => (await this.podClient(address).health()).state === 'uninitialised');
    const rootToken = await initialise(this.clients.of(address, { patience: 30_000 }), secrets.keysFile);
    this.unsealer = new Unsealer(this.pods, secrets.keysFile, (each) => this.podClient(each));
    await this.whole();
    await bootstrap({
      dialect: cluster.dialect,
      client: await this.client(),
      policies: [adminPolicy(), ...Object.values(provisionerPolicies({ cluster, environments, tenants: [] }))],
      adminTokenFile: secrets.tokenFile('admin'),
      auditFile: 'stdout',
      rootToken: () => Promise.resolve(rootToken ?? ''),
    });
  }

  public token(name: 'admin'): string {
    return readFileSync(this.secrets.tokenFile(name), 'utf8').trim();
  }

  /** A token with a policy of its own. */
  public async tokenWith(policy: string, rules: string): Promise<string> {
    const admin = await this.client(this.token('admin'));
    await admin.write(`sys/policies/acl/${policy}`, { policy: rules });
    const { auth } = await admin.write('auth/token/create-orphan', { policies: [policy] });
    return String(auth?.client_token);
  }

  /** A client of the Service of clients, which waits out a change of leader. */
  public async client(token?: string): Promise<ServerClient> {
    return this.clients.of(await this.activeAddress(), { token, patience: 30_000, wait: 30_000 });
  }

  /**
   * One that gives up at once, and leaves it to its user to go on.
   *
   * @param keep whether it uses connections again
   */
  public async impatientClient(token: string, keep: boolean): Promise<ServerClient> {
    return this.clients.of(await this.activeAddress(), { token, keep });
  }

  /** An impatient client of one pod. */
  public podClient(address: string, token?: string): ServerClient {
    return this.clients.of(address, { token });
  }

  /** A working folder of Terraform that configures the servers. */
  public async vaultFolder(name: string, token: string): Promise<TerraformFolder> {
    const environment = {
      VAULT_ADDR: `https://${await this.activeAddress()}:8200`,
      VAULT_CACERT: this.secrets.caFile,
      VAULT_TLS_SERVER_NAME: new URL(this.cluster.address).hostname,
      VAULT_TOKEN: token,
    };
    return await this.terraformFolder(name, environment, 'vault');
  }

  /** What each pod says of itself, by name; not by its labels. */
  public async health(): Promise<Readonly<Record<string, string>>> {
    const states = this.pods.pods.map(async ({ name, address }) => {
      const state = address === '' ? 'down' : (await this.podClient(address).health()).state;
      return [name, state] as const;
    });
    return Object.fromEntries(await Promise.all(states));
  }

  /** The pod that is active, and says so itself. */
  public async active(): Promise<string> {
    const health = await this.health();
    const name = Object.keys(health).find((each) => health[each] === 'active');
    if (name === undefined) throw new Error(`no server is active\n${await this.describe()}`);
    return name;
  }

  /** Waits until one server is active, all others stand by, and labels, readiness and endpoints say just that. */
  public async whole(): Promise<void> {
    await this.until('one server is active, the others stand by, and Kubernetes knows', async () => {
      const health = await this.health();
      const active = Object.keys(health).filter((name) => health[name] === 'active');
      const standbys = Object.values(health).filter((state) => /^(performance-)?standby$/.test(state));
      const { pods } = this.pods;
      const labelled = pods.filter((pod) => pod.active).map(({ name }) => name);
      return (
        active.length === 1 &&
        standbys.length === this.cluster.server.replicas - 1 &&
        labelled.join() === active.join() &&
        this.endpoints.ready.join() === active.join() &&
        pods.every(({ ready, leaving }) => ready && !leaving)
      );
    });
  }

  /** Waits until something holds. @throws Error with what the pods say, after two minutes */
  public async until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    await eventually(what, holds, { milliseconds: 120_000, detail: () => this.describe() });
  }

  /** What one wants to see when something went wrong. */
  public async describe(): Promise<string> {
    const ask = (command: string): Promise<string> => this.kubectl(command).catch(String);
    const [health, pods, endpoints] = [await this.health(), this.pods.pods, this.endpoints.ready];
    return [
      JSON.stringify({ health, pods, endpoints }, null, 2),
      await ask('get pods,jobs,endpointslices --output=wide'),
      await ask('get events --sort-by=.lastTimestamp'),
      await ask('logs --selector=app.kubernetes.io/component=server --container=server --prefix --tail=25'),
    ].join('\n');
  }

  /** Puts another certificate in place of the one before. @returns its PEM */
  public async renewCertificate(): Promise<string> {
    await this.secrets.makeCertificate(this.cluster);
    await this.applySecrets();
    return this.secrets.certificate;
  }

  /** Nothing of it is left, or will not be soon. */
  public async dispose(): Promise<void> {
    this.ending.abort();
    const { kubectl } = this.kubernetes;
    const selector = `--selector=app.kubernetes.io/instance=${this.cluster.name}`;
    const outcomes = await Promise.allSettled([
      this.unsealer?.stop(),
      this.watches?.pods.close(),
      this.watches?.endpoints.close(),
      kubectl(['delete', 'namespace', this.namespace, '--wait=false', '--ignore-not-found']),
      kubectl(['delete', clusterScoped, selector]),
    ]);
    await this.clients.destroy();
    await this.database.dispose();
    await this.folder.dispose();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  private async activeAddress(): Promise<string> {
    return await this.kubectl(`get service ${activeService(this.cluster)} --output=jsonpath={.spec.clusterIP}`);
  }

  private async terraformFolder(
    name: string,
    environment: Readonly<Record<string, string>>,
    provider: ProviderName,
  ): Promise<TerraformFolder> {
    return await TerraformFolder.prepare(this.folder.folder(`terraform-${name}`), environment, [provider]);
  }

  private async namespaceExists(): Promise<void> {
    const { namespace } = this;
    const find = ['get', 'namespace', namespace, '--ignore-not-found', '--output=name'];
    await eventually(`the namespace ${namespace}`, async () => (await this.kubernetes.kubectl(find)) !== '', {
      milliseconds: 120_000,
    });
  }

  private async applySecrets(): Promise<void> {
    await this.kubectl('apply --filename=-', this.secrets.manifests(this.cluster, this.database.ca));
  }
}

function deployed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing was deployed yet');
  return value;
}
