import type { Operation } from '../decide/request';
import type { Mount, Owner } from '../principals/access-model';
import { dangerOf, type Danger, type DangerReason } from './danger-level';
import type { Direction, Grant, Holder } from './entry';
import type { OwnData } from './own-data';
import { sensitivePaths } from './sensitive-paths';

/** What the danger of an access depends on. */
export interface DangerProps {
  readonly holder: Holder;
  readonly direction: Direction;
  readonly grants: readonly Grant[];
  readonly mount: Mount | undefined;
  readonly ownData: OwnData;
}

/**
 * Rates an access, so that a reviewer reads the most dangerous one first:
 *
 * 1. critical: all paths, sensitive paths that lead to any other access, data of another tenant;
 * 2. high: data of another environment, paths that destroy data, issue credentials or concern everybody;
 * 3. medium: writing, deleting, wildcards, production;
 * 4. low: everything else, and access that is lost, which no longer harms anybody.
 */
export function rateDanger({ holder, direction, grants, mount, ownData }: DangerProps): Danger {
  if (direction === 'lost') return dangerOf([]);
  const reasons = new Map<string, DangerReason>();
  const add = (level: DangerReason['level'], text: string): unknown => reasons.set(text, { level, text });
  for (const { operation, include, except } of grants) {
    if (include === '*' || include === '+/*') add('critical', 'every path of the server');
    for (const { level, text } of sensitivePaths({ operation, include, except, mount })) add(level, text);
    if (operation === 'delete') add('medium', 'deletes');
    if (changes.has(operation)) add('medium', 'writes');
    if (/\*$|(^|\/)\+(\/|$)/.test(include)) add('medium', 'a wildcard: also what is created later');
  }
  const { owner } = holder;
  if (owner !== undefined) {
    const others = distinct(grants.flatMap(({ include }) => ownData.othersIn(include, owner)));
    for (const reason of foreign(owner, others)) add(reason.level, reason.text);
    if (isProduction(owner.environment)) add('medium', `production (${owner.environment})`);
  }
  return dangerOf([...reasons.values()]);
}

const changes: ReadonlySet<Operation> = new Set(['create', 'update', 'patch']);

const distinct = (owners: readonly Owner[]): Owner[] => [
  ...new Map(owners.map((owner) => [`${owner.tenant}\n${owner.environment}`, owner])).values(),
];

function foreign(owner: Owner, others: readonly Owner[]): DangerReason[] {
  const tenants = [...new Set(others.filter(({ tenant }) => tenant !== owner.tenant).map(nameOf))];
  const environments = [...new Set(others.filter(({ tenant }) => tenant === owner.tenant).map((o) => o.environment))];
  return [
    ...(tenants.length === 0 ? [] : [reason('critical', `data of another tenant: ${few(tenants)}`)]),
    ...(environments.length === 0 ? [] : [reason('high', `data of another environment: ${few(environments)}`)]),
  ];
}

const reason = (level: DangerReason['level'], text: string): DangerReason => ({ level, text });
const nameOf = ({ team, tenant }: Owner): string => `${team}/${tenant}`;
const few = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');

/** Production by the usual names of environments. */
export const isProduction = (environment: string): boolean =>
  /(^|[-_])(prod|production|live)($|[-_])/.test(environment);
