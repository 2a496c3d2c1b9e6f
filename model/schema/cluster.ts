import type { z } from 'zod';

import { addressRule } from '../rules/address';
import { textRule } from '../rules/text';
import { auditedHeadersSchema, authSchema } from './auth-method';
import { kubernetesSchema } from './kubernetes';
import { map, text, word } from './parts';
import { stateSchema } from './state';

/** `inventory/clusters/<name>.yaml` */
export const clusterSchema = map({
  description: text(textRule).describe('What the cluster is for, in one sentence.'),
  dialect: word(['openbao', 'vault']).default('openbao').describe('The server program that the cluster runs.'),
  platform: word(['external', 'kubernetes'])
    .default('external')
    .describe('Where the servers run: elsewhere and installed by others (external), or deployed from here.'),
  kubernetes: kubernetesSchema.optional().describe('How the servers run on Kubernetes; with `platform: kubernetes`.'),
  address: text(addressRule).describe('URL that clients use, without path and trailing slash.'),
  state: stateSchema.describe('Where the Terraform state of the cluster’s own stacks is kept.'),
  auth: authSchema
    .optional()
    .describe('Auth methods besides AppRole and tokens, by name; environments say which of them they trust.'),
  auditedHeaders: auditedHeadersSchema
    .optional()
    .describe('Headers of requests that the audit log shows, hashed. Default: none.'),
});

export type ClusterFile = z.output<typeof clusterSchema>;
