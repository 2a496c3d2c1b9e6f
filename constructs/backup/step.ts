import type { CronJobV1SpecJobTemplateSpecTemplateSpecContainer as Container } from '@cdktf/provider-kubernetes/lib/cron-job-v1';

import type { MountedVolume } from '../kubernetes/server-part';

/** One program of a backup. */
export interface Step {
  readonly container: Container;
  /** Volumes of its own. */
  readonly volumes: readonly MountedVolume[];
}

/** Where dumps are from the one to the other. */
export const dumpMount = { name: 'dump', mountPath: '/dump' } as const;
