import type { CronJobV1SpecJobTemplateSpecTemplateSpecContainer as Container } from '@cdktf/provider-kubernetes/lib/cron-job-v1';

import type { MountedVolume } from '../kubernetes/server-part';

/** One container of a backup. */
export interface Step {
  readonly container: Container;
  /** Volumes that only it mounts. */
  readonly volumes: readonly MountedVolume[];
}

/** Volume that passes the dump from one container to the other. */
export const dumpMount = { name: 'dump', mountPath: '/dump' } as const;
