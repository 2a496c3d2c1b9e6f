import type { Fault, Rule } from '../rule';

/** What can be allowed on documents of the key-value engine of version 2. */
export const documentOperations = [
  ...(['create', 'read', 'update', 'patch', 'delete', 'list', 'read-metadata', 'write-metadata'] as const),
  ...(['delete-versions', 'undelete', 'destroy', 'purge'] as const),
] as const;

/**
 * A path of documents below the tenant's folder. `*` and `+` mean what they mean in Vault's policies. A slash at the end
 * stands for a folder, which can be listed and nothing else (`listFault`).
 */
export const grantPathRule: Rule = {
  allowed:
    'segments of letters, digits, `.`, `_`, `-` between slashes; `+` for one whole segment; `*` as the last character',
  pattern: /^(\+|[A-Za-z0-9._-]+)(\/(\+|[A-Za-z0-9._-]+))*(\/|\/?\*)?$|^\*$/,
  // A slash at the beginning is reported with the path that is meant, once the tenant is known (`repeatedFault`).
  fault: (given) => {
    const path = given.replace(/^\//, '');
    if (path.length > 512) return { message: 'the path is too long', fix: 'write at most 512 characters' };
    const withoutStar = path.endsWith('*') ? path.slice(0, -1) : path;
    const segments = withoutStar.split('/');
    // What stands before a final star is a prefix and may be empty: `a/*`, `*`; and so may what stands behind a final slash.
    const isWhole = withoutStar === path && (segments.length === 1 || segments.at(-1) !== '');
    const whole = isWhole ? segments : segments.slice(0, -1);
    return (
      whole.map(wrongSegment).find((fault) => fault !== undefined) ?? wrongPrefix(withoutStar, path, segments.at(-1))
    );
  },
};

/** What is wrong with a path for what is allowed there: the server lists `a/`, not `a`, and has no document `a/`. */
export function listFault(path: string, operations: readonly string[]): Fault | undefined {
  if (path.endsWith('/') && operations.some((operation) => operation !== 'list')) {
    const fix = 'remove the slash, or write `*` behind it, or allow `list` alone';
    return { message: 'the path names a folder, which can only be listed', fix };
  }
  if (!operations.includes('list') || /[/*]$/.test(path)) return undefined;
  return {
    message: '`list` is for a folder, whose path ends in a slash',
    fix: 'write a slash behind it, or `/*` for all below it; for a document leave `list` out',
  };
}

const operations = '(?:data|metadata|delete|undelete|destroy|subkeys)/';
/** Begins a document's path in policies (`v1/devel/kv/data/`), in requests (`v1/v1/…`) and on the command line (`v1/devel/kv/`). */
const mount = new RegExp(`^(?:v1/){1,2}[^/]+/kv1?/(?:${operations})?`);
/** The end of that, or the mount of another server. A folder may have this name, so it counts only before the tenant's folder. */
const endOfMount = new RegExp(`^(?:(?:[^/]+/)?(?:kv1?|secret)/(?:${operations})?|${operations})`);

/**
 * What is wrong with a path that is not relative to the tenant's folder: it is absolute, begins with the folder, or is a path of the API. The
 * fix is the path that is meant.
 *
 * @param tenant name of the tenant, and of its folder
 */
export function repeatedFault(path: string, tenant: string): Fault | undefined {
  const folder = `${tenant}/`;
  const isBelow = (text: string): boolean => text.startsWith(folder);
  const relative = path.replace(/^\//, '');
  const shortened = relative.replace(endOfMount, '');
  const inMount = isBelow(shortened) ? shortened : relative.replace(mount, '');
  const rest = withoutFolder(inMount, folder);
  if (rest === path) return undefined;
  const fix = `write \`${rest === '' || inMount === tenant ? '*' : rest}\``;
  if (inMount !== relative) {
    const isOwn = isBelow(inMount) || inMount === tenant;
    return {
      message: 'this is a path of the API, and it is taken below the tenant’s folder',
      fix: isOwn ? fix : `write what is below \`${folder}\`: documents in other folders cannot be granted`,
    };
  }
  if (rest === relative) return { message: 'the path is not relative', fix };
  return { message: `the path repeats the tenant’s folder \`${folder}\`, below which it is taken`, fix };
}

const withoutFolder = (path: string, folder: string): string =>
  path.startsWith(folder) ? withoutFolder(path.slice(folder.length), folder) : path;

function wrongSegment(segment: string): Fault | undefined {
  if (segment === '') return { message: 'the path has an empty segment', fix: 'write one slash between segments' };
  if (segment === '.' || segment === '..') {
    return { message: `the path has a segment \`${segment}\``, fix: 'write the path without it' };
  }
  if (segment === '+' || /^[A-Za-z0-9._-]+$/.test(segment)) return undefined;
  if (segment.includes('*'))
    return { message: '`*` is not the last character', fix: 'write `+` for one whole segment' };
  if (segment.includes('+'))
    return { message: '`+` is not a whole segment', fix: 'write `+` alone between two slashes' };
  return { message: 'the path has a character that is not allowed', fix: 'use letters, digits, `.`, `_` and `-`' };
}

function wrongPrefix(withoutStar: string, path: string, prefix = ''): Fault | undefined {
  if (withoutStar === path || prefix === '') return undefined;
  if (prefix === '+') return { message: '`+*` means nothing to the server', fix: 'write `*` or `+/*`' };
  return wrongSegment(prefix);
}
