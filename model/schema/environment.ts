import type { z } from 'zod';

import { textRule } from '../rules/text';
import { appRoleSchema } from './app-role';
import { authoritiesSchema } from './authority';
import { enginesSchema } from './engines';
import { itself, list, map, reference, text, word } from './parts';
import { environmentQuotasSchema } from './quotas';
import { stateSchema } from './state';

/** `inventory/environments/<name>.yaml` */
export const environmentSchema = map({
  description: text(textRule).describe('What the environment is for, in one sentence.'),
  cluster: reference('the name of a file in inventory/clusters').describe('The cluster that hosts the environment.'),
  state: stateSchema.describe('Where the Terraform state of the environment’s stacks is kept.'),
  trusts: list(reference('the name of an auth method of the cluster'), 'a list of auth methods', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Auth methods of the cluster that tenants may log in by here. Default: AppRole and tokens alone.'),
  appRoleMount: word(['cluster', 'own'])
    .optional()
    .describe(
      'cluster (the default): AppRoles are at the cluster’s own mount. own: at one of the environment’s own, <environment>/approle.',
    ),
  appRole: appRoleSchema
    .optional()
    .describe('What AppRoles in this environment get unless their tenant says otherwise.'),
  engines: enginesSchema.optional().describe('Secret engines. Default: a key-value engine of version 2.'),
  authorities: authoritiesSchema.optional().describe('Certificate authorities, by name. Default: none.'),
  quotas: environmentQuotasSchema.optional().describe('Limits of the environment as a whole.'),
});

export type EnvironmentFile = z.output<typeof environmentSchema>;
