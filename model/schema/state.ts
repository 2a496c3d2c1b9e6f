import { z } from 'zod';

import { bucketRule, kmsKeyRule, regionRule } from '../rules/address';
import { map, text } from './parts';

/** Where the Terraform state of stacks is kept. */
export const stateSchema = z
  .discriminatedUnion(
    'backend',
    [
      map({
        backend: z
          .literal('local')
          .describe('A file on the machine that runs Terraform: for environments on one machine.'),
      }),
      map({
        backend: z.literal('s3').describe('A bucket, with locking: for everything that people share.'),
        bucket: text(bucketRule).describe('Name of the bucket; it must exist, with versioning on.'),
        region: text(regionRule).describe('AWS region of the bucket.'),
        kmsKeyId: text(kmsKeyRule)
          .optional()
          .describe('ARN of the KMS key or alias that encrypts the state. Default: the bucket’s own key.'),
      }),
    ],
    { error: 'backend: local, or backend: s3 with bucket and region' },
  )
  .describe('Where the Terraform state is kept.');

export type StateFile = z.output<typeof stateSchema>;
