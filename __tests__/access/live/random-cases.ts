import type { AccessRequest, Operation } from '../../../access/decide/request';
import { operations } from '../../../access/decide/request';
import type { Server } from '../../../access/servers';

/** Numbers that depend on a seed only. */
export class Random {
  constructor(private state: number) {}

  /** From 0, below 1 (mulberry32). */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number. Both ends are possible. */
  public between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  public pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
  }

  public some<T>(items: readonly T[], probability: number): T[] {
    return items.filter(() => this.chance(probability));
  }
}

const words = ['a', 'ab', 'b', 'prod', 'p', 'ü', 'a-b', 'x.y'] as const;
const templates = [
  '{{identity.entity.name}}',
  '{{identity.entity.metadata.team}}',
  '{{identity.entity.metadata.path}}',
  '{{identity.entity.metadata.glob}}',
  '{{identity.entity.metadata.none}}',
  '{{identity.groups.names.live.id}}',
] as const;
const parameters = ['foo', 'Bar', 'ttl'] as const;
const values = ['1', 'x', 'xyz', 'x,1', ''] as const;
const listed = ['1', 'x', 'x*', '*z', '*y*', '*'] as const;
const systemPaths = [
  'sys/auth/token',
  'sys/audit',
  'sys/mounts',
  'sys/config/cors',
  'sys/policies/acl/default',
  'sys/raw/x',
  'sys/leases/lookup/m',
  'sys/plugins/catalog/secret/kv',
  'auth/token/accessors',
  'auth/token/roles',
  'auth/token/lookup-self',
] as const;

/** Random policies and requests, which often concern each other. */
export class CaseGenerator {
  /** @param mount of the key-value engine, version 1, whose paths are asked about */
  constructor(
    private readonly random: Random,
    private readonly server: Server,
    private readonly mount: string,
  ) {}

  public policies(): string[] {
    return Array.from({ length: this.random.between(1, 3) }, () =>
      Array.from({ length: this.random.between(1, 5) }, () => this.stanza()).join(''),
    );
  }

  public request(): AccessRequest {
    const { random } = this;
    if (random.chance(0.1)) {
      const path = random.pick(systemPaths);
      return { operation: path.endsWith('s') && random.chance(0.6) ? 'list' : 'read', path };
    }
    const usable: Operation[] = operations.filter(
      (one) => one === 'list' || ['read', 'create', 'update', 'delete', 'patch'].includes(one),
    );
    const operation = random.chance(0.3)
      ? random.pick<Operation>(this.server === 'openbao-2.7' ? ['list', 'list', 'scan'] : ['list'])
      : random.pick(usable);
    const path = this.path() + (operation === 'list' && random.chance(0.5) ? '/' : '');
    const writes = operation === 'create' || operation === 'update' || operation === 'patch';
    const given = writes || random.chance(0.2) ? this.parameters(operation === 'list') : {};
    const isEmpty = Object.keys(given).length === 0;
    return {
      operation,
      path,
      parameters: isEmpty ? null : given,
      wrapTtlSeconds: random.chance(0.15) ? random.pick([1, 5, 30, 60, 300]) : null,
    };
  }

  private path(): string {
    const { random } = this;
    return [this.mount, ...Array.from({ length: random.between(1, 4) }, () => random.pick(words))].join('/');
  }

  private parameters(isList: boolean): Record<string, string> {
    const { random } = this;
    const names = random.some(parameters, 0.4).map((name) => (random.chance(0.3) ? name.toLowerCase() : name));
    return {
      ...Object.fromEntries(names.map((name) => [name, random.pick(values)])),
      ...(isList && random.chance(0.6) && { limit: random.pick(['5', '10', '11', 'max', '0', '-1', 'q']) }),
    };
  }

  private pattern(): string {
    const { random } = this;
    if (random.chance(0.1)) {
      const path = random.pick(systemPaths);
      return random.chance(0.5) ? path : `${path.slice(0, random.between(4, path.length))}*`;
    }
    const segment = (): string =>
      random.chance(0.3) ? '+' : random.chance(0.07) ? random.pick(templates) : random.pick(words);
    const start = random.chance(0.08) ? random.pick(['+', '*']) : this.mount;
    if (start === '*') return '*';
    const path = [start, ...Array.from({ length: random.between(0, 4) }, segment)].join('/');
    const end = random.pick(['', '', '/', '*', '/*', '/*']);
    const open = path.endsWith('+') && end === '*' ? '/*' : end;
    return `${random.chance(0.05) ? '/' : ''}${path}${open}`;
  }

  private stanza(): string {
    const { random } = this;
    const names = ['create', 'read', 'update', 'patch', 'delete', 'list', 'list', 'sudo'];
    if (this.server === 'openbao-2.7') names.push('scan');
    const granted = random.chance(0.18) ? ['deny'] : [...new Set(random.some(names, 0.45))];
    const legacy = random.chance(0.06) ? [`policy = "${random.pick(['read', 'write', 'sudo', 'deny'])}"`] : [];
    const attributes = [...legacy, `capabilities = ${JSON.stringify(granted)}`, ...this.constraints()];
    return `path "${this.pattern()}" {\n${attributes.map((one) => `  ${one}\n`).join('')}}\n`;
  }

  private constraints(): string[] {
    const { random } = this;
    const rules = (): string =>
      `{ ${random
        .some([...parameters, '*'], 0.5)
        .map((name) => `"${name}" = ${JSON.stringify(random.some(listed, 0.3))}`)
        .join(', ')} }`;
    return [
      ...(random.chance(0.12) ? [`allowed_parameters = ${rules()}`] : []),
      ...(random.chance(0.08) ? [`denied_parameters = ${rules()}`] : []),
      ...(random.chance(0.05) ? [`required_parameters = ["${random.pick(parameters)}"]`] : []),
      ...(random.chance(0.05) ? [`min_wrapping_ttl = "${random.pick([5, 30])}s"`] : []),
      ...(random.chance(0.05) ? [`max_wrapping_ttl = "${random.pick([30, 60])}s"`] : []),
      ...(this.server === 'openbao-2.7' && random.chance(0.06) ? ['pagination_limit = 10'] : []),
      ...(this.server === 'openbao-2.7' && random.chance(0.04)
        ? [`expiration = "${random.pick(['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z'])}"`]
        : []),
    ];
  }
}
