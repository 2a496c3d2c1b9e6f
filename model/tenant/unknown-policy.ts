import type { Unknown } from '../checks/references';
import { listNames } from '../language/nearest';
import { shorten } from '../language/show';
import { shortPolicyName } from '../register/policy-names';
import type { ValuePath } from '../source/source-file';
import type { TenantScope } from './tenant-scope';

/** Reports the name of a policy that the tenant does not have; for a name of the former form, the short form to write. */
export function reportUnknownPolicy(name: string, path: ValuePath, scope: TenantScope, unknown: Unknown): void {
  const short = shortPolicyName(name, scope.formerPrefixes);
  if (!unknown.names.includes(short)) scope.reportUnknown(name, path, unknown);
  else {
    const allowed = listNames(unknown.names);
    scope.report(path, { message: unknown.message, given: shorten(name), allowed, fix: `write \`${short}\`` });
  }
}
