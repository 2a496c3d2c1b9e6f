import { show } from '../language/show';
import type { ProblemList } from '../source/problem-list';
import type { LinkedTenant } from '../tenant/tenant';
import { reportUnknown } from './references';

/** Reports sharing with tenants that do not exist, with itself, and with tenants that are in none of its environments. */
export function checkSharing(tenants: readonly LinkedTenant[], problems: ProblemList): void {
  const environments = new Map<string, readonly string[]>(
    tenants.map(({ entry, file }) => [`${entry.team}/${entry.name}`, file.environments] as const),
  );
  for (const { entry, file } of tenants) {
    const { source, team, name } = entry;
    file.sharing.forEach((sharing, index) => {
      const path = ['sharing', index, 'with'];
      const own = `${team}/${name}`;
      const theirs = environments.get(sharing.with);
      if (theirs === undefined) {
        const names = [...environments.keys()].filter((other) => other !== own);
        const unknown = { message: 'unknown tenant', names, none: 'none: there is no other', fix: 'add its file' };
        reportUnknown({ name: sharing.with, source, path }, unknown, problems);
        return;
      }
      const ours = sharing.environments ?? file.environments;
      if (sharing.with !== own && ours.some((environment) => theirs.includes(environment))) return;
      problems.addAt(source, path, {
        message:
          sharing.with === own
            ? 'a tenant shares nothing with itself'
            : 'the other tenant is in none of these environments',
        given: show(sharing.with),
        allowed: 'a tenant in one of the environments',
        fix: 'name another tenant, or remove the entry',
      });
    });
  }
}
