import type { PropsRule } from '../validate-props';

/** The mount or path that a quota applies to. */
export interface QuotaScope {
  /** A mount with its trailing slash, for example `v1/devel/kv/` or `auth/approle/`, or a path inside a mount. */
  readonly path: string;
  /** Counts only this role; `path` is then the mount of its auth method. @default - all roles */
  readonly role?: string;
}

/** A role requires the mount of an auth method. */
export const roleRule: PropsRule<QuotaScope> = ({ role, path }) =>
  role === undefined || /^auth\/.+\/$/.test(path)
    ? undefined
    : {
        message: 'a quota with a role requires the mount of an auth method as its path',
        given: path,
        allowed: '`auth/<mount>/`',
        fix: 'write the mount of the auth method, `auth/<mount>/`, or remove the role',
      };
