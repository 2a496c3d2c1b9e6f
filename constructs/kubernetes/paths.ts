import type { ServerContext } from './server-part';

type Named = Pick<ServerContext, 'name'>;

/** Files of the ConfigMap. */
export const configurationFolder = ({ name }: Named): string => `/${name}/config`;

/** `tls.crt` and `tls.key`, and `ca.crt` where it is known. */
export const certificateFolder = ({ name }: Named): string => `/${name}/tls`;

/** The audit file, and those that were set aside. */
export const auditFolder = ({ name }: Named): string => `/${name}/audit`;
