import { z } from 'zod';

import { grantPathRule } from '../rules/grant-path';
import { nameRule } from '../rules/name';
import { textRule } from '../rules/text';
import { appRoleSchema } from './app-role';
import { filledList, itself, list, map, reference, text } from './parts';

const environmentName = reference('the name of a file in inventory/environments');
const environmentList = () => filledList(environmentName, 'a list of environments', itself).meta({ uniqueItems: true });
const reason = text(textRule).describe('Why, in one sentence, for whoever reviews it.');
const keySet = z.enum(['create', 'existing'], { error: 'create or existing' });

const grantSchema = map({
  environment: environmentName
    .optional()
    .describe('Environment that holds the documents, in the same cluster. Default: the one the policy is in.'),
  path: text(grantPathRule).describe(
    'Documents below the tenant’s folder, for example `tests/*`. `+` stands for one segment, a final `*` for any rest.',
  ),
  capabilities: filledList(
    z.enum(['create', 'read', 'update', 'delete'], { error: 'create, read, update or delete' }),
    'a list of create, read, update, delete',
    itself,
  )
    .meta({ uniqueItems: true })
    .describe('What is allowed there.'),
});

const policySchema = map({
  name: text(nameRule('policy')).describe('Name of the policy; its AppRole is called <name>-role.'),
  environments: environmentList().describe('Environments of the tenant that the policy exists in.'),
  reason,
  grants: filledList(grantSchema, 'a list of grants', (grant) => `${grant.environment ?? ''}:${grant.path}`).describe(
    'What the policy allows.',
  ),
});

const overrideSchema = map({
  reason,
  keySet: keySet.optional().describe('As the tenant’s own `keySet`, for this environment.'),
  appRole: appRoleSchema.optional().describe('As the tenant’s own `appRole`, for this environment.'),
}).superRefine((override, context) => {
  if (override.keySet !== undefined || override.appRole !== undefined) return;
  const params = { message: 'this overrides nothing', mend: 'add keySet or appRole, or remove the entry' };
  context.addIssue({ code: 'custom', message: 'reason, and keySet or appRole', params });
});

/** `inventory/tenants/<team>/<name>.yaml` */
export const tenantSchema = map({
  description: text(textRule).describe('What the project is, in one sentence.'),
  environments: environmentList().describe('Environments that the tenant is in.'),
  keySet: keySet
    .default('create')
    .describe('create: an empty key set is written once. existing: the document is there already and is left alone.'),
  appRole: appRoleSchema
    .optional()
    .describe('How the tenant’s programs log in, where that differs from the environment’s defaults.'),
  policies: list(policySchema, 'a list of policies', (policy) => policy.name)
    .optional()
    .describe('More policies than reading and updating the key set, each with an AppRole of its own.'),
  overrides: z
    .record(z.string(), overrideSchema, { error: 'a map from environments to what differs there' })
    .optional()
    .describe('What differs in single environments, by the environment’s name, and why.'),
});

export type TenantFile = z.output<typeof tenantSchema>;
export type PolicyFile = z.output<typeof policySchema>;
