import type { ServerAudit } from '../../model/cluster/kubernetes/audit';
import { fileAudit } from '../server/configuration';
import { auditFolder } from './paths';
import type { IServerPart, ServerContext, ServerPart } from './server-part';

/** Where a server writes its audit log; on Vault, what `sys/audit/file` is given when the cluster is bootstrapped. */
export const auditFile = (context: Pick<ServerContext, 'name' | 'server'>): string =>
  context.server.audit.kind === 'stdout' ? 'stdout' : `${auditFolder(context)}/audit.log`;

/** What may be written before a file that is large is set aside: a pod whose volume is over its limit is evicted. */
const spareMebibytes = 1024;

/**
 * The audit device: to standard output, among the lines of the log, or to a file on a volume of the pod that the attendant
 * rotates. That volume ends with the pod: what has to be kept has to be collected from there, or from standard output.
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
