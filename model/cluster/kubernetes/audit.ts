import { map, oneOf, optional, wholeNumber, type Output } from '../../language/schema';

const file = map({
  rotateMebibytes: optional(wholeNumber(1, 10_240), 100).describe('Size in MiB at which a file is rotated.'),
  keep: optional(wholeNumber(1, 100), 5).describe('Number of rotated files to keep.'),
});

/** Where the audit log goes. */
export const auditSchema = oneOf(['stdout'], {
  file: file.describe('Files in each pod, deleted with the pod: a log collector must read them.'),
});

export type ServerAudit = Output<typeof auditSchema>;
