import type { ServerContext } from './server-part';

type Named = Pick<ServerContext, 'name'>;

/** Folder of the ConfigMap. */
export const configurationFolder = ({ name }: Named): string => `/${name}/config`;

/** Folder with `tls.crt`, `tls.key` and, if the Secret has it, `ca.crt`. */
export const certificateFolder = ({ name }: Named): string => `/${name}/tls`;

/** Folder of the audit file and rotated ones. */
export const auditFolder = ({ name }: Named): string => `/${name}/audit`;
