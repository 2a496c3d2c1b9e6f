/**
 * How an engine or auth method is mounted, in the server's own words. What is not set stays at the server's default.
 *
 * @see https://openbao.org/api-docs/system/mounts/#tune-mount-configuration
 */
export interface MountTuning {
  /** How long a lease or token is good for when nothing else says so. @default - the server's, 768 hours */
  readonly defaultLeaseTtlSeconds?: number;
  /** Longest life of a lease or token. @default - the server's, 768 hours */
  readonly maxLeaseTtlSeconds?: number;
  /** `unauth` shows the mount to clients that are not logged in, as the login page of a user interface needs. @default hidden */
  readonly listingVisibility?: 'hidden' | 'unauth';
  /** Keys of requests whose values the audit log shows in plain text. @default - none: all are hashed */
  readonly auditNonHmacRequestKeys?: readonly string[];
  /** Keys of answers whose values the audit log shows in plain text. @default - none: all are hashed */
  readonly auditNonHmacResponseKeys?: readonly string[];
  /** Headers of requests that reach the plugin. @default - none */
  readonly passthroughRequestHeaders?: readonly string[];
  /** Headers that the plugin may answer with. @default - none */
  readonly allowedResponseHeaders?: readonly string[];
}
