import { z } from 'zod';

import type { Environment } from '../environment/environment';
import { map, type Output } from '../language/map';
import { metadataKeyRule, metadataValueRule } from '../language/rules/metadata';
import { optional, text } from '../language/values';
import { fillIn } from '../names';

/** One identity for all ways in which the tenant's programs log in. */
export const identitySchema = map({
  metadata: optional(
    z.record(text(metadataKeyRule), text(metadataValueRule), { error: 'a map from words to texts' }),
    {},
  ).describe('What templates in policies can use besides tenant, team and environment. `{environment}` is filled in.'),
});

export type TenantIdentity = Output<typeof identitySchema>;

export function linkIdentity({ metadata }: TenantIdentity, environment: Environment): TenantIdentity {
  const filled = Object.entries(metadata).map(([key, value]) => [key, fillIn(value, environment)] as const);
  return { metadata: Object.fromEntries(filled) };
}
