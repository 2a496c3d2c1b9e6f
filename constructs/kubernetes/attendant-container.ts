import type { StatefulSetV1SpecTemplateSpecContainer } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';

import { dialects } from '../../model/dialect';
import { auditFolder, certificateFolder, configurationFolder } from './paths';
import { environmentBlocks, mountBlocks, resourceBlock } from './render';
import { containerSecurity } from './security';
import { auditFile } from './server-audit';
import type { EnvironmentVariable, MountedVolume, ServerContext } from './server-part';

const resources = { cpuRequest: '10m', memoryRequest: '16Mi', memoryLimit: '64Mi' };

/** Sidecar of the server, from the same image: reloads its certificate and rotates its audit file. It mounts no other secrets. */
export function attendantContainer(
  context: ServerContext,
  volumes: readonly MountedVolume[],
): StatefulSetV1SpecTemplateSpecContainer {
  const { audit, image } = context.server;
  const certificates = certificateFolder(context);
  const folders = [configurationFolder(context), certificates, auditFolder(context), scratch.mountPath];
  const settings: Readonly<Record<string, string>> = {
    PROGRAM: dialects[context.cluster.dialect].binary,
    CERTIFICATE: certificates,
    KNOWN: `${scratch.mountPath}/certificate`,
    SECONDS_BETWEEN: '5',
    ...(audit.kind === 'file' && {
      AUDIT_FILE: auditFile(context),
      AUDIT_BYTES: String(audit.rotateMebibytes * 1024 * 1024),
      AUDIT_KEEP: String(audit.keep),
    }),
  };
  return {
    name: 'attendant',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', `${configurationFolder(context)}/attendant.sh`],
    env: environmentBlocks(
      Object.entries(settings).map(([name, value]): EnvironmentVariable => ({ name, from: { value } })),
    ),
    volumeMount: mountBlocks(volumes.filter(({ mountPath }) => folders.includes(mountPath))),
    resources: resourceBlock(resources),
    securityContext: containerSecurity,
  };
}

/** Writable folder for temporary files. The root file system is read-only. */
export const scratch = {
  name: 'scratch',
  mountPath: '/tmp',
  source: { emptyDir: { sizeLimit: '64Mi' } },
} as const satisfies MountedVolume;
