import type { Owner, PlacedPolicy, Principal, Source } from '../../access/principals/access-model';
import type { Inventory } from '../../model/inventory';
import { entryOf } from '../../model/language/absent';
import { keySetAccesses, keySetPolicy } from '../../model/names';
import { readInventory, readInventoryFiles } from '../../model/read';
import { decode } from '../../model/source/decode';
import { parseYaml } from '../../model/source/parse-yaml';
import { SourceFile, type ValuePath } from '../../model/source/source-file';
import type { CustomPolicy } from '../../model/tenant/policy';
import type { TenantEnvironment } from '../../model/tenant/tenant';
import { grantOf } from './grant-of-path';

/** A file of a tenant, and its policies as they are written, in the order of the file. */
interface TenantSource {
  readonly source: SourceFile;
  readonly policies: readonly { readonly name?: unknown }[];
}

/** Kinds of principals whose login has another name in the inventory. */
const loginTypes: Readonly<Partial<Record<Principal['kind'], string>>> = {
  'ldap-group': 'ldap',
  'token-role': 'token',
};

/** Finds the lines of an inventory that access comes from. Files are parsed when they are first needed. */
export class InventoryLines {
  /** @throws PlatformError `inventory` with all problems of the inventory */
  public static read(directory: string): InventoryLines {
    return new InventoryLines(readInventory(directory), directory);
  }

  private readonly settings = new Map<string, TenantEnvironment>();
  /** Files without their extension, by team and tenant. */
  private readonly files = new Map<string, string>();
  private readonly sources = new Map<string, TenantSource | undefined>();
  private texts: ReadonlyMap<string, string> | undefined;

  constructor(
    inventory: Inventory,
    private readonly directory: string,
  ) {
    for (const { team, name, inventoryName, environments } of inventory.tenants) {
      this.files.set(`${team}/${name}`, `tenants/${team}/${inventoryName}`);
      for (const settings of environments) this.settings.set(`${team}/${name} ${settings.environment.name}`, settings);
    }
  }

  /** Reads the files of the inventory, which is otherwise done when a line is first asked for. */
  public readFiles(): ReadonlyMap<string, string> {
    this.texts ??= new Map(
      readInventoryFiles(this.directory).flatMap((file) => {
        const text = 'bytes' in file ? decode(file.bytes, file.path) : undefined;
        return typeof text === 'string' ? [[file.path, text] as const] : [];
      }),
    );
    return this.texts;
  }

  /** Line of a policy; for the policies of a key set, the line with `keySet`, or with the environment. */
  public ofPolicy(policy: PlacedPolicy): Source | undefined {
    return policy.owner && this.placeOf(policy.owner, policy.policy.name);
  }

  /** Line of the grant that a stanza comes from, or of its policy. @param path pattern of the stanza */
  public ofStanza(policy: PlacedPolicy, path: string): Source | undefined {
    const { owner } = policy;
    if (owner === undefined) return undefined;
    const custom = this.customPolicy(owner, policy.policy.name);
    const index = custom === undefined ? undefined : grantOf(owner, custom.grants, path);
    return this.placeOf(owner, policy.policy.name, index === undefined ? [] : ['grants', index]);
  }

  /** Line of the login that a principal is, or of its policy. */
  public ofPrincipal({ owner, kind, name, policies }: Principal): Source | undefined {
    if (owner === undefined) return undefined;
    const own = policies.filter((policy) => policy !== 'default' && this.placeOf(owner, policy) !== undefined);
    // Roles have the name of their policy; groups have their own.
    const policy = own.find((candidate) => name === `${candidate}-role`) ?? own[0];
    if (policy === undefined) return undefined;
    const logins = this.customPolicy(owner, policy)?.logins ?? [];
    const index = logins.findIndex(({ type }) => type === (loginTypes[kind] ?? kind));
    return this.placeOf(owner, policy, index === -1 ? [] : ['logins', index]);
  }

  private customPolicy(owner: Owner, name: string): CustomPolicy | undefined {
    return this.settingsOf(owner)?.policies.find((policy) => policy.name === name);
  }

  private settingsOf({ team, tenant, environment }: Owner): TenantEnvironment | undefined {
    return this.settings.get(`${team}/${tenant} ${environment}`);
  }

  private placeOf(owner: Owner, policy: string, inside: ValuePath = []): Source | undefined {
    const tenant = this.sourceOf(owner);
    const settings = this.settingsOf(owner);
    if (tenant === undefined || settings === undefined) return undefined;
    const { source, policies } = tenant;
    const { environment } = settings;
    const custom = this.customPolicy(owner, policy);
    const index = policies.findIndex(({ name }) => custom !== undefined && name === custom.inventoryName);
    if (index !== -1) return lineOf(source, ['policies', index, ...inside]);
    const isKeySet = keySetAccesses.some(
      (access) => keySetPolicy({ name: owner.tenant }, environment, access) === policy,
    );
    return isKeySet ? lineOf(source, this.keySetPath(source, settings)) : undefined;
  }

  /** The nearest key that gives the tenant its key set in the environment. */
  private keySetPath(source: SourceFile, { environment }: TenantEnvironment): ValuePath {
    const read = source.read();
    const file = ('value' in read ? read.value : {}) as {
      readonly keySet?: unknown;
      readonly environments?: readonly unknown[];
      readonly overrides?: Readonly<Record<string, { readonly keySet?: unknown }>>;
    };
    if (entryOf(file.overrides, environment.inventoryName)?.keySet !== undefined) {
      return ['overrides', environment.inventoryName, 'keySet'];
    }
    if (file.keySet !== undefined) return ['keySet'];
    return ['environments', (file.environments ?? []).indexOf(environment.inventoryName)];
  }

  private sourceOf({ team, tenant }: Owner): TenantSource | undefined {
    const key = this.files.get(`${team}/${tenant}`) ?? '';
    if (!this.sources.has(key)) this.sources.set(key, this.parse(key));
    return this.sources.get(key);
  }

  private parse(key: string): TenantSource | undefined {
    const texts = this.readFiles();
    for (const ending of ['.yaml', '.yml']) {
      const text = texts.get(`${key}${ending}`);
      if (text === undefined) continue;
      const parsed = parseYaml(text);
      const value = ('value' in parsed ? parsed.value : {}) as { readonly policies?: TenantSource['policies'] };
      return { source: new SourceFile(`${key}${ending}`, text), policies: value.policies ?? [] };
    }
    return undefined;
  }
}

const lineOf = (source: SourceFile, path: ValuePath): Source => ({
  file: source.file,
  line: source.position(path).line,
});
