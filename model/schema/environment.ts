import { z } from 'zod';

import { textRule } from '../rules/text';
import { appRoleSchema } from './app-role';
import { map, reference, text } from './parts';
import { stateSchema } from './state';

const versions = { error: 'a whole number from 1 to 1000' };

/** `inventory/environments/<name>.yaml` */
export const environmentSchema = map({
  description: text(textRule).describe('What the environment is for, in one sentence.'),
  cluster: reference('the name of a file in inventory/clusters').describe('The cluster that hosts the environment.'),
  state: stateSchema.describe('Where the Terraform state of the environment’s stacks is kept.'),
  kvMaxVersions: z
    .int(versions)
    .min(1, versions)
    .max(1000, versions)
    .default(10)
    .describe('Versions that the key-value engine keeps of each document.'),
  appRole: appRoleSchema
    .optional()
    .describe('What AppRoles in this environment get unless their tenant says otherwise.'),
});

export type EnvironmentFile = z.output<typeof environmentSchema>;
