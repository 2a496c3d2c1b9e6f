import { bucketRule, kmsKeyRule, regionRule } from '../language/rules/address';
import { byWord, literal, map, optional, text, type Output } from '../language/schema';

const local = map({
  backend: literal('local').describe('A file on the machine that runs Terraform: for environments on one machine.'),
});

const s3 = map({
  backend: literal('s3').describe('An S3 bucket, with locking: for everything that people share.'),
  bucket: text(bucketRule).describe('Name of the bucket; it must exist, with versioning on.'),
  region: text(regionRule).describe('AWS region of the bucket.'),
  kmsKeyId: optional(text(kmsKeyRule)).describe(
    'ARN of the KMS key or alias that encrypts the state. Default: the bucket’s own key.',
  ),
});

/** Where the Terraform state of stacks is kept. */
export const stateSchema = byWord('backend', [local, s3], 'backend: local, or backend: s3 with bucket and region');

export type StateBackend = Output<typeof stateSchema>;
