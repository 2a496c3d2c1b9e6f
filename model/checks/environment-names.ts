import type { Environment } from '../environment/environment';
import { shorten } from '../language/show';
import type { Entries } from '../source/entries';
import type { ProblemList } from '../source/problem-list';
import type { Claim } from './claims';

/**
 * Reports environments of a cluster of which one name ends with the other: the key set of `shop-eu` in `prod` would have the names of that
 * of `shop` in `eu-prod`.
 */
export function checkEnvironmentNames(
  environments: readonly (Environment & { readonly claim: Pick<Claim, 'source' | 'path'> })[],
  register: Entries['names'],
  problems: ProblemList,
): void {
  const known = register?.value?.overlappingEnvironments ?? [];
  const isKnown = (name: string): boolean =>
    known.includes(name) || register?.unsound.has('overlappingEnvironments') === true;
  const overlapping = environments.flatMap((one) => {
    const other = environments.find(({ cluster, name }) => cluster === one.cluster && one.name.endsWith(`-${name}`));
    return other === undefined ? [] : [{ one, other }];
  });
  for (const { one, other } of overlapping) {
    if (isKnown(one.name)) continue;
    problems.addAt(one.claim.source, one.claim.path, {
      message: `the name ends like that of the environment ${other.inventoryName} of the same cluster, so that names of key sets could meet`,
      given: one.name,
      allowed: `a name that does not end in \`-${other.name}\``,
      fix: 'choose another name; one that servers have already is listed in inventory/names.yaml under `overlappingEnvironments`',
    });
  }
  known.forEach((name, index) => {
    if (register === undefined || overlapping.some(({ one }) => one.name === name)) return;
    problems.addAt(register.source, ['overlappingEnvironments', index], {
      message: 'this environment does not overlap another one',
      given: shorten(name),
      allowed: 'names of environments that end with a dash and the name of another one of their cluster',
      fix: 'remove the entry',
    });
  });
}
