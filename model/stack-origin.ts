import type { Dialect } from './dialect';

/** The server that a stack is for, and whose it is; programs that read the output of a synthesis find it in the manifest. */
export interface StackOrigin {
  readonly cluster: string;
  readonly dialect: Dialect;
  /** Environment of the stack. @default - all environments of the cluster */
  readonly environment?: string;
  /** Team whose tenants are in the stack. @default - the stack is the platform's */
  readonly team?: string;
}
