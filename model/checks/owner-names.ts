import type { EnvironmentFile, LinkedEnvironment } from '../environment/environment';
import { keysOfMethod } from '../environment/owners/auth-methods';
import type { OwnerEntry } from '../environment/owners/entry';
import { keysOf } from '../ownership/describe-asked';
import type { Entries, Entry } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import { reportUnknown, type Known, type Unknown } from './references';

/** Reports names in `owners` that nothing has, and what an entry says that a login of its auth method does not have. */
export function checkOwnerNames(
  { environments: files, tenants, partlyRead }: Entries,
  environments: Known<LinkedEnvironment>,
  problems: ProblemList,
): void {
  const teams = new Set(tenants.map(({ team }) => team));
  const whom = new Set([...teams, ...tenants.map(({ team, name }) => `${team}/${name}`)]);
  for (const file of files) {
    const linked = environments.get(file.name);
    if (file.value?.owners === undefined || linked === undefined) continue;
    new OwnerNames(file, linked, partlyRead, problems).check(file.value.owners, whom, environments);
  }
}

type OwnersFile = NonNullable<EnvironmentFile['owners']>;

/** The names in `owners` of one environment. */
class OwnerNames {
  constructor(
    private readonly file: Entry<EnvironmentFile>,
    private readonly linked: LinkedEnvironment,
    private readonly partlyRead: Entries['partlyRead'],
    private readonly problems: ProblemList,
  ) {}

  public check(owners: OwnersFile, whom: ReadonlySet<string>, environments: Known<LinkedEnvironment>): void {
    const { environment, unsound } = this.linked;
    const { name } = this.file;
    for (const [key, names, isKnown, none] of [
      [
        'databases',
        environment.engines.database?.connections.map((connection) => connection.name) ?? [],
        !unsound.has('engines'),
        'there is no engine `database`',
      ],
      ['authorities', [...this.linked.authorities.keys()], !unsound.has('authorities'), 'there are no authorities'],
      [
        'authMethods',
        environment.trusts.map(({ inventoryName }) => inventoryName),
        !unsound.has('trusts'),
        'the environment trusts no auth method',
      ],
    ] as const) {
      for (const [of, entries] of Object.entries<readonly OwnerEntry[]>(owners[key])) {
        this.checkWhom(entries, ['owners', key, of], whom);
        const fix = `add it to ${key === 'authMethods' ? '`trusts`' : `\`${key === 'databases' ? 'engines.database.connections' : key}\``}`;
        const unknown = { message: `${name} has nothing of this name`, names, none: `none: ${none}`, fix };
        if (isKnown && !names.includes(of)) this.reportUnknown(of, ['owners', key, of], unknown, 'key');
      }
    }
    for (const key of ['ssh', 'aws', 'grants'] as const) this.checkWhom(owners[key], ['owners', key], whom);
    this.checkMethods(owners.authMethods);
    owners.grants.forEach(({ from }, index) => {
      const names = [...environments.keys()].filter((other) => other !== name);
      const unknown = { message: 'unknown environment', names, none: 'none: there is no other', fix: 'add its file' };
      if (!names.includes(from)) this.reportUnknown(from, ['owners', 'grants', index, 'from'], unknown);
    });
  }

  private checkWhom(entries: readonly OwnerEntry[], path: ValuePath, whom: ReadonlySet<string>): void {
    entries.forEach((entry, index) => {
      entry.for.forEach((who, at) => {
        if (whom.has(who) || this.partlyRead.has(who.split('/')[0] ?? '')) return;
        const names = [...whom].filter((other) => other.includes('/') === who.includes('/'));
        const message = `unknown ${who.includes('/') ? 'tenant' : 'team'}`;
        const unknown = { message, names, none: 'none: there are no tenants', fix: 'remove it' };
        this.reportUnknown(who, [...path, index, 'for', at], unknown);
      });
    });
  }

  /** A login of one type is bound by its own keys alone. */
  private checkMethods(lists: OwnersFile['authMethods']): void {
    for (const { inventoryName: name, type } of this.linked.environment.trusts) {
      const allowed: readonly string[] = keysOfMethod[type];
      const entries: readonly OwnerEntry[] = (Object.hasOwn(lists, name) ? lists[name] : undefined) ?? [];
      entries.forEach((entry, index) => {
        for (const key of Object.keys(keysOf(entry))) {
          if (key === 'for' || key === 'shared' || allowed.includes(key)) continue;
          const path = ['owners', 'authMethods', name, index, key];
          const finding = {
            message: `logins by \`${name}\` have no \`${key}\`: it is of the type ${type}`,
            given: key,
            allowed: allowed.join(', '),
            fix: `write ${allowed.length === 1 ? `\`${allowed[0]}\`` : 'one of these'}, or move the entry to another auth method`,
          };
          this.problems.addAt(this.file.source, path, finding, 'key');
        }
      });
    }
  }

  private reportUnknown(name: string, path: ValuePath, unknown: Unknown, of?: 'key'): void {
    const reference = { name, source: this.file.source, path, ...(of !== undefined && { of }) };
    reportUnknown(reference, unknown, this.problems);
  }
}
