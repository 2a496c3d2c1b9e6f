import { entryOf } from '../language/absent';
import { listNames, writeNearest } from '../language/nearest';
import { shorten } from '../language/show';
import type { Entries } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import { ownedKeys, type OwnedKey } from '../tenant/owned';
import type { LinkedTenant } from '../tenant/tenant';
import type { Claim } from './claims';

/** Claim of a name on servers: at its place in the register if that keeps it, otherwise where the tenant's file has it. */
export function claimOfName(
  register: Entries['names'],
  tenant: string,
  [section, name]: NamePath,
  claim: Claim,
): Claim {
  const kept = entryOf(register?.value?.kept, tenant);
  const isKept = section === 'identity' ? kept?.identity !== undefined : entryOf(kept?.[section], name) !== undefined;
  if (!isKept || register === undefined) return claim;
  return {
    who: claim.who,
    ...(claim.owner !== undefined && { owner: claim.owner }),
    source: register.source,
    path: ['kept', tenant, section, ...(section === 'identity' ? [] : [name])],
  };
}

/** What has a name, in a tenant's file; the group has no name there. */
export type NamePath = readonly [section: OwnedKey | 'policies' | 'identity', name: string];

/** Reports entries of the register that keep the name of nothing, and kept names that no file can have besides. */
export function checkKeptNames(
  register: Entries['names'],
  tenants: readonly LinkedTenant[],
  problems: ProblemList,
): void {
  const source = register?.source;
  if (register?.value === undefined || source === undefined) return;
  const byName = new Map(tenants.map((linked) => [linked.tenant.name, linked]));
  const report = (path: ValuePath, what: string, given: string, names: readonly string[]): void => {
    const finding = {
      message: `this keeps the name of nothing: ${what}`,
      given: shorten(given),
      allowed: names.length === 0 ? 'nothing' : listNames(names),
      fix: writeNearest(given, names, 'remove the entry'),
    };
    problems.addAt(source, path, finding, 'key');
  };
  for (const [name, kept] of Object.entries(register.value.kept)) {
    const path: ValuePath = ['kept', name];
    const linked = byName.get(name);
    if (linked === undefined) {
      report(path, 'there is no tenant of this name on servers', name, [...byName.keys()]);
      continue;
    }
    const { file, entry } = linked;
    const has = (section: OwnedKey | 'policies'): readonly string[] =>
      section === 'policies' ? file.policies.map((policy) => policy.name) : Object.keys(file[section]);
    for (const section of [...ownedKeys, 'policies'] as const) {
      if (entry.unsound.has(section)) continue;
      for (const own of Object.keys(kept[section])) {
        if (has(section).includes(own)) continue;
        report([...path, section, own], `the tenant has no such entry in \`${section}\``, own, has(section));
      }
    }
    if (kept.identity === undefined || file.identity !== undefined || entry.unsound.has('identity')) continue;
    report([...path, 'identity'], 'the tenant has no `identity`', kept.identity, []);
  }
}
