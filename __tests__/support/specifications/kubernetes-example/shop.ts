import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { ServerClient } from '../../../../client/server-client';
import type { Dialect } from '../../../../model/dialect';
import { InventoryCopy } from '../../inventory/inventory-copy';
import { useKubernetes } from '../../kubernetes/kubernetes';
import type { Kubernetes } from '../../kubernetes/kubernetes';
import { ServiceAccounts } from '../../kubernetes/service-accounts';
import { CiSystem } from '../../oidc/ci-system';
import { ProcessWatch } from '../../processes/process-watch';
import { TestReplica } from '../../replica/replica';
import type { CommandResult } from '../../replica/replica';
import { statusOf } from '../../vault/status-of';

export const basketFile = 'tenants/shop/basket.yaml';
export const priceListFile = 'tenants/shop/price-list.yaml';

/** Audiences in the example: our cluster's own, and that of the API server of Kubernetes. */
export const ours = 'https://vault.example.com';
export const apiServers = 'https://kubernetes.default.svc.cluster.local';

/** The example `kubernetes` on this machine: two methods for one real API server, and a CI system. */
export class Shop {
  public readonly inventory: InventoryCopy;
  public readonly replica: TestReplica;
  public readonly accounts: ServiceAccounts;
  public readonly ci = new CiSystem();
  public readonly watch = new ProcessWatch();
  /** What the commands printed. */
  public printed = '';
  private readonly folder: string;

  constructor(
    public readonly dialect: Dialect,
    public readonly kubernetes: Kubernetes,
  ) {
    this.replica = new TestReplica(dialect, 'shop');
    // Goes with the replica, also when the test is killed.
    this.folder = path.join(this.replica.home, 'files');
    mkdirSync(this.folder, { mode: 0o700 });
    this.inventory = new InventoryCopy('kubernetes', path.join(this.folder, 'inventory'));
    this.accounts = new ServiceAccounts(kubernetes);
    this.inventory.change('clusters/shop.yaml', {
      dialect,
      'auth.apps-blue.host': kubernetes.host,
      'auth.apps-blue.caCertificate': kubernetes.ca,
      'auth.apps-green.host': kubernetes.host,
      'auth.apps-green.caCertificate': kubernetes.ca,
      'auth.pipelines.publicKeys': [this.ci.publicKey],
    });
  }

  public async platform(...parameters: string[]): Promise<CommandResult> {
    return this.noted(await this.replica.platform('--inventory', this.inventory.directory, ...parameters));
  }

  /** `platform start live`, whatever comes of it. */
  public async start(): Promise<CommandResult> {
    return await this.platform('start', 'live');
  }

  /** `platform credential set … < file`, in a shell. */
  public async setCredential(name: string, value: string): Promise<CommandResult> {
    const file = path.join(this.folder, 'credential');
    writeFileSync(file, value, { mode: 0o600 });
    const command = `npm run --silent platform -- --inventory ${this.inventory.directory} credential set ${name}`;
    const result = await this.replica.shell(`${command} --replica < ${file}`);
    rmSync(file);
    return this.noted(result);
  }

  /** The file of an agent's manifests, as the command writes it. */
  public async agentManifests(tenant: string): Promise<string> {
    const folder = path.join(this.folder, tenant);
    const options = ['--environment', 'live', '--target', 'kubernetes', '--output', folder];
    const { exitCode, stdout, stderr } = await this.platform('tenant', 'agent', `shop/${tenant}`, ...options);
    const [, file] = /^wrote .*\/([^/]+\.yaml)$/m.exec(stdout) ?? [];
    if (exitCode !== 0 || file === undefined) throw new Error(stdout + stderr);
    return path.join(folder, file);
  }

  /** A client that is logged in by a signed token. @throws ServerRefusal */
  public async login(method: string, role: string, jwt: string): Promise<ServerClient> {
    const { auth } = await this.replica.cluster.client().write(`auth/${method}/login`, { role, jwt });
    return this.replica.cluster.client(auth?.client_token as string);
  }

  public async loginStatus(method: string, role: string, jwt: string): Promise<number> {
    return await statusOf(this.login(method, role, jwt));
  }

  /** A token of a job, by default of the basket's main branch. */
  public job(claims: Readonly<Record<string, unknown>> = {}, ci = this.ci): string {
    const repository = 'shop/basket';
    return ci.token({ iss: 'https://ci.example.com', aud: ours, repository, ref: 'refs/heads/main', ...claims });
  }

  public async dispose(): Promise<void> {
    this.watch.stop();
    try {
      await this.accounts.dispose();
    } finally {
      await this.replica.dispose();
    }
  }

  private noted(result: CommandResult): CommandResult {
    this.printed += result.stdout + result.stderr;
    return result;
  }
}

/** Opens a shop for a test file, and closes it whatever happened. Only where `kubernetesMissing` gives no reason. */
export function useShop(dialect: Dialect): () => Shop {
  let shop: Shop | undefined;
  useKubernetes({
    before: (kubernetes) => {
      shop = new Shop(dialect, kubernetes);
      return Promise.resolve();
    },
    after: async () => await shop?.dispose(),
  });
  return () => {
    if (shop === undefined) throw new Error('the shop of this test did not open');
    return shop;
  };
}
