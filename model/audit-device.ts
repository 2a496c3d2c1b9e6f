import { createHash } from 'node:crypto';

/** An audit device that logs every request and answer to a file or to standard output. */
export interface AuditDevice {
  readonly type: string;
  readonly description: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Digest of the device of standard output, the first that there was: its path has no digest. */
const firstDevice = '2cb2c9bf';

/** @param file path, or `stdout` */
export const fileAuditDevice = (file: string): AuditDevice => ({
  type: 'file',
  description: 'Every request and answer',
  options: { file_path: file },
});

/**
 * Path of a device, a function of its options: `file/`, `file-<digest>/`. OpenBao refuses a device whose options differ from those that it
 * stored for the path, and then no server can become active. So another device must have another path.
 */
export function auditPath({ type, description, options }: AuditDevice): string {
  const text = JSON.stringify({ type, description, options });
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return digest === firstDevice ? `${type}/` : `${type}-${digest}/`;
}

/** A device in a configuration of OpenBao. */
export interface ConfiguredAuditDevice extends AuditDevice {
  readonly path: string;
}

/** The audit devices in a configuration of OpenBao. */
export function auditDevicesOf(configuration: unknown): ConfiguredAuditDevice[] {
  const { audit = [] } = configuration as { readonly audit?: readonly Partial<ConfiguredAuditDevice>[] };
  return audit.map(({ type = '', description = '', options = {}, path = '' }) => ({
    type,
    description,
    options,
    path,
  }));
}
