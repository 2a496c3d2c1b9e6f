import type { Dialect } from '../../../model/dialect';
import { certificate as caCertificate, rsaPublicKey } from '../../model/pem';
import { filesOf, policyOf, someSettings, type InventoryContents } from './optional-settings';

type Values = Record<string, unknown>;

/** What the keys of a tenant allow: they stay for ever, or they may leave because they can be deleted. */
export type KeyRule = 'stay' | 'deletable';

/**
 * A random inventory: settings set or left out; engines, connections, authorities, auth methods, policies and what tenants own there, elsewhere,
 * renamed or of another type; environments and tenants renamed or added; teams renamed, tenants in another one; a register of names.
 *
 * @param random from 0, below 1
 * @param keys all inventories that are applied one after the other have the same rule: the server refuses to delete other keys
 */
export function randomInventory(dialect: Dialect, random: () => number, keys: KeyRule): InventoryContents {
  return new Draft(filesOf(dialect, someSettings(dialect, random)), random, keys).change();
}

const clusterFile = 'clusters/nonprod.yaml';
const environmentFile = 'environments/devel.yaml';
const tenantFile = 'tenants/shop/basket.yaml';

/** Settings of an auth method, and of a login by it, by type. */
const methods: Readonly<Record<string, { readonly method: Values; readonly login: Values }>> = {
  jwt: {
    method: { description: 'Pipelines', boundIssuer: 'https://other.example.com', publicKeys: [rsaPublicKey] },
    login: { audiences: ['vault'], boundClaims: { repository: ['shop/basket'] } },
  },
  kubernetes: {
    method: {
      ...{ description: 'Programs', host: 'https://kubernetes.example.com' },
      ...{ audience: 'https://kubernetes.default.svc', caCertificate },
    },
    login: { serviceAccounts: ['basket'], namespaces: ['shop'] },
  },
  oidc: {
    method: {
      ...{ description: 'People', discoveryUrl: 'https://sso.example.com', clientId: 'vault' },
      redirectUris: ['https://vault.nonprod.example.com/ui/vault/auth/sso/oidc/callback'],
    },
    login: { boundClaims: { groups: ['shop'] } },
  },
};

/** What a tenant owns in an engine. */
const owned = { transit: 'keys', database: 'databases', ssh: 'sshRoles', aws: 'awsRoles' } as const;

class Draft {
  private readonly files: Record<string, Values>;
  private readonly cluster: Values;
  private readonly environment: Values;
  private readonly tenant: Values;

  constructor(
    files: InventoryContents,
    private readonly random: () => number,
    private readonly keys: KeyRule,
  ) {
    this.files = structuredClone(files);
    this.cluster = mapIn(this.files, clusterFile);
    this.environment = mapIn(this.files, environmentFile);
    this.tenant = mapIn(this.files, tenantFile);
  }

  public change(): InventoryContents {
    this.changeMethods();
    this.changeEngines();
    this.changeAuthorities();
    this.changeTenant();
    if (this.maybe()) this.environment.appRoleMount = 'own';
    this.addNeighbours();
    this.addRegister();
    return this.renameFiles();
  }

  /** Each method stays, leaves, gets another name or another type. */
  private changeMethods(): void {
    const auth = mapIn(this.cluster, 'auth');
    for (const [name, method] of Object.entries(auth) as [string, Values][]) {
      const { type } = method;
      const logins = (): Values[] => this.policies().flatMap((policy) => policy.logins as Values[]);
      for (const login of logins()) if (login.type === type && !('method' in login)) login.method = name;
      const what = this.one('stay', 'stay', 'leave', 'rename', 'retype');
      if (what === 'leave') {
        rename(auth, name);
        this.tenant.policies = this.policies().filter((policy) => (policy.logins as Values[])[0]?.method !== name);
      } else if (what === 'rename') {
        rename(auth, name, `${name}-2`);
        for (const login of logins()) if (login.method === name) login.method = `${name}-2`;
      } else if (what === 'retype' && methods[String(type)] !== undefined) {
        const next = this.one(...Object.keys(methods).filter((each) => each !== type));
        auth[name] = { type: next, ...methods[next]!.method };
        for (const policy of this.policies()) {
          const [login] = policy.logins as Values[];
          if (login?.method === name) policy.logins = [{ type: next, method: name, ...methods[next]!.login }];
        }
      }
    }
    this.environment.trusts = Object.keys(auth);
  }

  private changeEngines(): void {
    const engines = mapIn(this.environment, 'engines');
    for (const engine of Object.keys(engines)) {
      if (engine === 'keyValue' || (engine === 'transit' && this.keys === 'stay') || !this.maybe()) continue;
      rename(engines, engine);
      if (engine in owned) rename(this.tenant, owned[engine as keyof typeof owned]);
    }
    if (!('database' in engines)) return;
    const connections = mapIn(mapIn(engines, 'database'), 'connections');
    const other = mapIn(connections, 'other');
    // A connection of another plugin has another name.
    const names: Record<string, Values | undefined> = { other, second: other, third: mapIn(connections, 'main') };
    const name = this.one('other', 'second', 'third', undefined);
    rename(connections, 'other');
    if (name !== undefined) {
      const { url, plugin } = names[name]!;
      connections[name] = { ...other, url, plugin };
      // OpenBao refuses it for PostgreSQL.
      if (name === 'third') rename(mapIn(connections, name), 'caCertificate');
    }
    if (!this.maybe()) return;
    rename(connections, 'main', 'primary');
    for (const database of Object.values(mapIn(this.tenant, 'databases'))) (database as Values).connection = 'primary';
  }

  private changeAuthorities(): void {
    const authorities = mapIn(this.environment, 'authorities');
    if (this.maybe()) {
      rename(authorities, 'root');
      rename(this.tenant, 'certificates');
    } else {
      const services = { description: 'Services', commonName: 'Services', ttl: '365d', maxLeafTtl: '30d' };
      if (this.maybe()) authorities.services = { ...services, signedBy: 'root' };
    }
    if (!('root' in authorities && this.maybe())) return;
    rename(authorities, 'root', 'anchor');
    if ('services' in authorities) mapIn(authorities, 'services').signedBy = 'anchor';
    for (const role of Object.values(mapIn(this.tenant, 'certificates'))) (role as Values).authority = 'anchor';
  }

  private changeTenant(): void {
    for (const kind of ['keys', 'databases', 'sshRoles', 'awsRoles', 'certificates']) {
      if (!(kind in this.tenant)) continue;
      const things = mapIn(this.tenant, kind);
      if (kind === 'keys' && this.keys === 'stay') continue;
      for (const [name, thing] of Object.entries(things)) {
        if (kind === 'keys') (thing as Values).deletable = true;
        if (this.maybe()) rename(things, name, this.one(undefined, `${name}2`));
      }
      if (Object.keys(things).length === 0) rename(this.tenant, kind);
    }
    this.tenant.policies = this.policies().filter(() => !this.maybe());
  }

  /** A second environment, and a second tenant in any of the teams and environments. */
  private addNeighbours(): void {
    const { description, cluster, state } = this.environment;
    const hasSecond = this.maybe();
    if (hasSecond)
      this.files['environments/stag.yaml'] = { description, cluster, state, quotas: { requestsPerSecond: 9 } };
    const team = this.one('shop', 'pay', undefined);
    if (team === undefined) return;
    const environments = hasSecond ? this.one(['devel', 'stag'], ['stag']) : ['devel'];
    this.files[`tenants/${team}/wishlist.yaml`] = {
      ...{ description: 'Wish lists', environments, keySet: this.one('create', 'none') },
      ...(this.maybe() && { identity: {} }),
      quotas: { requestsPerSecond: 5 },
      policies: [{ ...policyOf('app', { type: 'approle' }), name: 'app', environments }],
    };
  }

  /** Names from before of two things, always the same, and those of a tenant that left. */
  private addRegister(): void {
    const has = (kind: string, name: string): boolean => name in mapIn(this.tenant, kind);
    const kept = {
      ...(this.policies().some(({ name }) => name === 'ci') && { policies: { ci: 'basket-{environment}-ci' } }),
      ...(has('sshRoles', 'deploy') && { sshRoles: { deploy: 'basket-deploy' } }),
    };
    const left = { team: 'shop', on: '2026-01-31', reason: 'It was replaced', environments: ['devel'] };
    this.files['names.yaml'] = {
      ...(Object.keys(kept).length > 0 && { kept: { basket: kept } }),
      ...(this.maybe() && { departed: { favourites: left } }),
    };
  }

  private renameFiles(): InventoryContents {
    const names: [string, string][] = [['tenants/shop/', 'tenants/store/']];
    if (this.keys !== 'stay') names.push(['basket', 'cart'], ['devel', 'dev']);
    return names
      .filter(() => this.maybe())
      .reduce<InventoryContents>((files, [from, to]) => {
        // The key of a second environment is the same; the folder is only in paths.
        return JSON.parse(JSON.stringify(files).replaceAll(from, to)) as InventoryContents;
      }, this.files);
  }

  private policies(): Values[] {
    return this.tenant.policies as Values[];
  }

  private maybe(): boolean {
    return this.random() < 0.25;
  }

  private one<T>(...choices: readonly T[]): T {
    return choices[Math.floor(this.random() * choices.length)] as T;
  }
}

const mapIn = (values: Values, key: string): Values => (values[key] ?? {}) as Values;

/** Renames a key, or removes it. */
function rename(values: Values, from: string, to?: string): void {
  const value = values[from];
  Reflect.deleteProperty(values, from);
  if (to !== undefined) values[to] = value;
}
