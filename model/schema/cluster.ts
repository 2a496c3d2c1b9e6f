import { z } from 'zod';

import { addressRule } from '../rules/address';
import { textRule } from '../rules/text';
import { map, text } from './parts';
import { stateSchema } from './state';

/** `inventory/clusters/<name>.yaml` */
export const clusterSchema = map({
  description: text(textRule).describe('What the cluster is for, in one sentence.'),
  dialect: z
    .enum(['openbao', 'vault'], { error: 'openbao or vault' })
    .default('openbao')
    .describe('The server program that the cluster runs.'),
  address: text(addressRule).describe('URL that clients use, without path and trailing slash.'),
  state: stateSchema.describe('Where the Terraform state of the cluster’s own stacks is kept.'),
});

export type ClusterFile = z.output<typeof clusterSchema>;
