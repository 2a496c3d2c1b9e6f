import type { ServerClient } from '../../client/server-client';
import { auditPath, fileAuditDevice, type AuditDevice } from '../../model/audit-device';

/** The audit device that Vault's bootstrap enabled before paths had a digest. */
const formerPath = 'file/';
const formerFile = 'audit.log';

/**
 * Makes a Vault log to a file: enables the device first and then disables the one of an earlier start, so that there is always one. Devices
 * of others stay: the path of ours is a function of their options.
 *
 * @param file relative to the folder each server runs in
 * @returns whether anything was changed
 */
export async function followAudit(
  client: Pick<ServerClient, 'delete' | 'read' | 'write'>,
  file: string,
): Promise<boolean> {
  const device = fileAuditDevice(file);
  const devices = Object.entries((await client.read('sys/audit')).data ?? {}) as [string, AuditDevice][];
  const ours = devices.filter(([path, each]) => isOurs(path, each));
  // Vault refuses a second device with the same file.
  const isMissing = !ours.some(([, { options }]) => options.file_path === file);
  if (isMissing) await client.write(`sys/audit/${nameOf(auditPath(device))}`, { ...device });
  const former = ours.filter(([, { options }]) => options.file_path !== file);
  for (const [path] of former) await client.delete(`sys/audit/${nameOf(path)}`);
  return isMissing || former.length > 0;
}

function isOurs(path: string, { type, description, options }: AuditDevice): boolean {
  const isFormer = path === formerPath && type === 'file' && description === '' && options.file_path === formerFile;
  return isFormer || path === auditPath({ type, description, options });
}

const nameOf = (path: string): string => path.slice(0, -1);
