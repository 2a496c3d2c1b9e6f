import { stringify } from 'yaml';

import type { Problem } from '../model/errors';
import { nameRule, type NameKind } from '../model/language/rules/name';
import { show } from '../model/language/show';

/**
 * Text of the minimal file of a new tenant, with comments about further settings.
 *
 * @param name name of the tenant; check it with {@link tenantNameProblems} first
 * @param environments names of environments, at least one
 */
export function renderTenant(name: string, environments: readonly string[]): string {
  return `# yaml-language-server: $schema=../../schema/tenant.schema.json
# All keys are described in inventory/README.md and by your editor.

# Replace it with one sentence that says what the project is.
description: The project ${name}

# In each of these the tenant gets a key-set document, and a read-only and a read-write role.
${stringify({ environments })}
# Further settings, if needed:
#
# appRole:
#   tokenTtl: 10m            # lifetime (TTL) of a token after login
#   tokenType: batch         # cheap for programs that log in often; cannot be renewed or revoked
#
# overrides:
#   ${environments[0] ?? 'prod'}:
#     reason: Logs in from one network only
#     appRole:
#       tokenBoundCidrs: [10.20.0.0/16]
`;
}

/** Why a team and a tenant cannot have these names; empty when they can. Whether they are taken, the loader knows. */
export function tenantNameProblems(team: string, tenant: string): readonly Problem[] {
  return [...nameProblems('team', team), ...nameProblems('tenant', tenant)];
}

function nameProblems(kind: NameKind, name: string): readonly Problem[] {
  const { allowed, fault } = nameRule(kind);
  const wrong = fault(name);
  return wrong === undefined ? [] : [{ ...wrong, given: show(name), allowed }];
}
