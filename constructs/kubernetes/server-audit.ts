import type { ServerAudit } from '../../model/cluster/kubernetes/audit';
import { fileAudit } from '../server/configuration';
import { auditFolder } from './paths';
import type { IServerPart, ServerContext, ServerPart } from './server-part';

/** File of the audit log, or `stdout`. On Vault, bootstrap passes it to `sys/audit/file`. */
export const auditFile = (context: Pick<ServerContext, 'name' | 'server'>): string =>
  context.server.audit.kind === 'stdout' ? 'stdout' : `${auditFolder(context)}/audit.log`;

/** Reserve for lines written before a rotation: Kubernetes evicts a pod whose volume exceeds its limit. */
const spareMebibytes = 1024;

/**
 * The audit device: standard output, mixed with the server's log, or a file on a volume of the pod, which the sidecar rotates. The volume is
 * deleted with the pod, so collect the log from it, or from standard output, to keep it.
 */
export const serverAudit = (audit: ServerAudit): IServerPart => ({
  bind: (_, context): ServerPart => ({
    configuration: fileAudit(context.cluster.dialect, auditFile(context)),
    ...(audit.kind === 'file' && {
      volumes: [
        {
          name: 'audit',
          mountPath: auditFolder(context),
          source: { emptyDir: { sizeLimit: `${(audit.keep + 1) * audit.rotateMebibytes + spareMebibytes}Mi` } },
        },
      ],
    }),
  }),
});
