import { z } from 'zod';

import { metadataKeyRule, metadataValueRule } from '../rules/metadata';
import { textRule } from '../rules/text';
import { agentsSchema } from './agent';
import { appRoleSchema } from './app-role';
import { certificatesSchema } from './certificate';
import { awsRolesSchema, databasesSchema, keysSchema, sshRolesSchema } from './engine-roles';
import { environmentList } from './environment-list';
import { custom, map, text, word } from './parts';
import { policiesSchema, reason } from './policy';
import { tenantQuotasSchema } from './quotas';

const keySet = word(['create', 'existing', 'none']);

const identitySchema = map({
  metadata: z
    .record(text(metadataKeyRule), text(metadataValueRule), { error: 'a map from words to texts' })
    .optional()
    .describe('What templates in policies can use besides tenant, team and environment. `{environment}` is filled in.'),
});

const overrideSchema = map({
  reason,
  keySet: keySet.optional().describe('As the tenant’s own `keySet`, for this environment.'),
  appRole: appRoleSchema.optional().describe('As the tenant’s own `appRole`, for this environment.'),
}).superRefine((override, context) => {
  if (override.keySet !== undefined || override.appRole !== undefined) return;
  const fault = { message: 'this overrides nothing', fix: 'add keySet or appRole, or remove the entry' };
  context.addIssue({ ...custom(fault), message: 'reason, and keySet or appRole' });
});

/** `inventory/tenants/<team>/<name>.yaml` */
export const tenantSchema = map({
  description: text(textRule).describe('What the project is, in one sentence.'),
  environments: environmentList().describe('Environments that the tenant is in.'),
  keySet: keySet
    .default('create')
    .describe(
      'create: an empty key set is written once. existing: the document is there already and is left alone. none: there is none, and no policies for it.',
    ),
  appRole: appRoleSchema
    .optional()
    .describe('What tokens the tenant’s programs get, where that differs from the environment’s defaults.'),
  certificates: certificatesSchema.optional().describe('Certificates that the tenant can get, by name.'),
  keys: keysSchema
    .optional()
    .describe('Keys that encrypt, sign or authenticate, by name; they never leave the server.'),
  databases: databasesSchema.optional().describe('Credentials of databases that the tenant can get, by name.'),
  awsRoles: awsRolesSchema.optional().describe('Credentials of AWS that the tenant can get, by name.'),
  sshRoles: sshRolesSchema.optional().describe('SSH certificates that the tenant can get, by name.'),
  policies: policiesSchema
    .optional()
    .describe('More policies than reading and updating the key set, and who gets them.'),
  identity: identitySchema
    .optional()
    .describe('One identity over all ways to log in. Default: the server makes one for each login.'),
  quotas: tenantQuotasSchema.optional().describe('Limits in each of the environments.'),
  agents: agentsSchema.optional().describe('What agents write for the tenant’s programs, by name.'),
  overrides: z
    .record(z.string(), overrideSchema, { error: 'a map from environments to what differs there' })
    .optional()
    .describe('What differs in single environments, by the environment’s name, and why.'),
});

export type TenantFile = z.output<typeof tenantSchema>;
