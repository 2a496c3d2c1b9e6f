import type { z } from 'zod';

import { policyNameRule } from '../rules/name';
import { textRule } from '../rules/text';
import { environmentList } from './environment-list';
import { grantsSchema } from './grant';
import { loginsSchema } from './login';
import { list, map, text } from './parts';

export const reason = text(textRule).describe('Why, in one sentence, for whoever reviews it.');

const policy = map({
  name: text(policyNameRule).describe(
    'Name of the policy; its roles are called <name>-role. `{environment}` is filled in, so that one entry serves several.',
  ),
  environments: environmentList().describe('Environments of the tenant that the policy exists in.'),
  reason,
  grants: grantsSchema,
  logins: loginsSchema,
});

export const policiesSchema = list(policy, 'a list of policies', ({ name }) => name);

export type PolicyFile = z.output<typeof policy>;
