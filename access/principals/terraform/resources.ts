import type { Gap } from '../access-model';
import { isObject, type ApiObject } from '../api-values';

/** One resource or data source of a stack. */
export interface Resource {
  /** `resource`, or `data` for what is only read. */
  readonly mode: 'resource' | 'data';
  readonly type: string;
  /** For example `event-pipeline_ro`. */
  readonly name: string;
  readonly values: ApiObject;
  /** Path of the construct without the stack, for example `event-pipeline/ro/Resource`. @default - not known */
  readonly constructPath?: string;
}

/** Attributes that the server generates, and that other resources refer to. A text of their own stands for their value. */
const generated: ReadonlySet<string> = new Set(['id', 'role_id', 'accessor']);

/** Arguments that attributes are equal to. */
const equals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  vault_policy: { id: 'name' },
  vault_mount: { id: 'path' },
};

/** Resources of auth methods, with the type of those that have only one. */
const authResources: Readonly<Record<string, string | undefined>> = {
  vault_auth_backend: undefined,
  vault_jwt_auth_backend: 'jwt',
  vault_ldap_auth_backend: 'ldap',
};

/** An auth method. */
export interface AuthMount {
  /** Path without `auth/`. */
  readonly mount: string;
  /** The server's type. @default - not known to a data source */
  readonly type?: string;
}

const reference = /^(data\.)?([a-z][a-z0-9_]*)\.([A-Za-z_][\w-]*)\.([a-z_]+)$/;

/** Resources of one stack; references between them are replaced by the values that they refer to. */
export class Resources {
  public readonly gaps: Gap[] = [];
  /** Made when the first reference is resolved. */
  private byAddress: ReadonlyMap<string, Resource> | undefined;
  /** By type and argument, then by value. */
  private readonly byArgument = new Map<string, ReadonlyMap<unknown, readonly Resource[]>>();

  constructor(
    public readonly stack: string,
    public readonly all: readonly Resource[],
  ) {}

  /** For example `devel-data: vault_policy.event-pipeline_ro`. */
  public placeOf(resource: Resource): string {
    return flat(this.stack, ': ', addressOf(resource));
  }

  /** An attribute that the server generates, or a text that stands for it until then. */
  public generated(resource: Resource, attribute: string): string {
    const known = this.resolve(resource.values[attribute] ?? undefined, 0);
    if (typeof known === 'string' && known !== '') return known;
    const mount = attribute === 'accessor' ? this.authMount(resource)?.mount : undefined;
    return mount === undefined ? flat(this.stack, ':', addressOf(resource), '.', attribute) : accessorOf(mount);
  }

  /** The auth method that a resource mounts, or that a data source reads. */
  public authMount(resource: Resource): AuthMount | undefined {
    const { type: resourceType } = resource;
    if (!Object.hasOwn(authResources, resourceType)) return undefined;
    const { type = authResources[resourceType], path = type } = this.quietly(resource, ['type', 'path']);
    if (typeof path !== 'string') return undefined;
    return { mount: withoutSlashes(path), ...(typeof type === 'string' && { type }) };
  }

  /** Resources of a type that have a value as argument. */
  public referring(type: string, argument: string, value: string): readonly Resource[] {
    const key = `${type} ${argument}`;
    let index = this.byArgument.get(key);
    if (index === undefined) {
      const known = new Map<unknown, Resource[]>();
      for (const resource of this.all.filter((each) => each.type === type)) {
        const given = this.resolved(resource, [argument])[argument];
        known.set(given, [...(known.get(given) ?? []), resource]);
      }
      this.byArgument.set(key, (index = known));
    }
    return index.get(value) ?? [];
  }

  /**
   * The arguments of a resource without references. An argument with a reference that cannot be resolved is left out, and reported if it is
   * one of those that are used.
   */
  public resolved(resource: Resource, used: readonly string[]): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    for (const key of used) {
      const value = resource.values[key];
      if (value === undefined || value === null) continue;
      const result = this.resolve(value, 0);
      if (result !== undefined) {
        found[key] = result;
        continue;
      }
      const given = typeof value === 'string' && value.length < 100 ? ` \`${value}\`` : '';
      const message = `the argument \`${key}\` has a reference${given} that cannot be resolved`;
      this.gaps.push({ message, source: { address: this.placeOf(resource) } });
    }
    return found;
  }

  /** A text argument up to the first reference that cannot be resolved, and whether that is all of it. */
  public beginning({ values }: Resource, key: string): { readonly text: string; readonly whole: boolean } {
    const { [key]: value } = values;
    let text = '';
    for (const piece of typeof value === 'string' ? value.split(/(\$\{[^{}]*\})/) : []) {
      const resolved = this.text(piece, 0);
      if (resolved === undefined) return { text, whole: false };
      text += resolved;
    }
    return { text, whole: true };
  }

  /** Like {@link resolved}, without a report. */
  private quietly({ values }: Resource, keys: readonly string[]): ApiObject {
    return Object.fromEntries(keys.map((key) => [key, this.resolve(values[key] ?? undefined, 0)]));
  }

  private resolve(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(value, depth);
    if (Array.isArray(value)) {
      if (value.every(isLiteral)) return value;
      const items = value.map((item) => this.resolve(item, depth));
      return items.includes(undefined) ? undefined : items;
    }
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, this.resolve(inner, depth)] as const);
    return entries.some(([, inner]) => inner === undefined) ? undefined : Object.fromEntries(entries);
  }

  /** Undefined if a reference is unknown, or an expression of another kind. */
  private text(text: string, depth: number): string | undefined {
    if (isLiteral(text)) return text;
    let known = true;
    const result = text.replaceAll(/\$\$\{|%%\{|%\{|\$\{([^{}]*)\}|\$\{/g, (found, expression: string | undefined) => {
      if (found === '$${' || found === '%%{') return found.slice(1);
      const value = expression === undefined ? undefined : this.refer(expression.trim(), depth);
      if (value === undefined) known = false;
      return value ?? '';
    });
    return known ? result : undefined;
  }

  private refer(expression: string, depth: number): string | undefined {
    const [, data = '', type = '', name = '', attribute = ''] = reference.exec(expression) ?? [];
    this.byAddress ??= new Map(this.all.map((each) => [addressOf(each), each]));
    const resource = this.byAddress.get(`${data}${type}.${name}`);
    // Terraform refuses cycles, so no chain is this long.
    if (resource === undefined || depth > 20) return undefined;
    const value = resource.values[equals[type]?.[attribute] ?? attribute];
    if (typeof value === 'string') return this.text(value, depth + 1);
    const mount = attribute === 'path' || attribute === 'id' ? this.authMount(resource)?.mount : undefined;
    return mount ?? (generated.has(attribute) ? this.generated(resource, attribute) : undefined);
  }
}

/** Whether a value is a text without references and expressions. */
const isLiteral = (value: unknown): boolean =>
  typeof value === 'string' && !value.includes('${') && !value.includes('%{');

/** One text. V8 keeps the parts of a text that is put together with `+` or a template, which takes twice the memory. */
const flat = (...parts: readonly string[]): string => parts.join('');

/** For example `vault_policy.checkout_ro`, or `data.vault_auth_backend.approle`. */
export const addressOf = ({ mode, type, name }: Resource): string => `${mode === 'data' ? 'data.' : ''}${type}.${name}`;

/** Stands for the accessor of an auth mount, the same in all stacks; can be part of a template, as a real one. */
const accessorOf = (mount: string): string =>
  `auth_${mount.replaceAll(/[^A-Za-z0-9-]/g, (character) => `_${character.codePointAt(0)}_`)}`;

/** Mounts are written with and without slashes at both ends. */
export const withoutSlashes = (path: string): string => path.replaceAll(/^\/+|\/+$/g, '');

/** Resources of a stack in Terraform's JSON syntax. Anything else in it is ignored. */
export function resourcesOfJson(stack: string, json: unknown): Resources {
  const root = isObject(json) ? json : {};
  const all: Resource[] = [];
  for (const mode of ['resource', 'data'] as const) {
    for (const [type, named] of Object.entries(isObject(root[mode]) ? root[mode] : {})) {
      if (!type.startsWith('vault_') || !isObject(named)) continue;
      for (const [name, values] of Object.entries(named)) {
        if (!isObject(values)) continue;
        const path = constructPathOf(values);
        all.push(path === undefined ? { mode, type, name, values } : { mode, type, name, values, constructPath: path });
      }
    }
  }
  return new Resources(stack, all);
}

function constructPathOf(values: ApiObject): string | undefined {
  const comment = values['//'];
  const metadata = isObject(comment) ? comment.metadata : undefined;
  const path = isObject(metadata) ? metadata.path : undefined;
  return typeof path === 'string' ? path.slice(path.indexOf('/') + 1) : undefined;
}
