import type { Fault, Rule } from '../rule';

/**
 * A path of documents below the tenant's folder. `*` and `+` mean what they mean in Vault's policies. A slash at the end
 * stands for a folder, which can be listed and nothing else (`listFault`).
 */
export const grantPathRule: Rule = {
  allowed:
    'segments of letters, digits, `.`, `_`, `-` between slashes; `+` for one whole segment; `*` as the last character',
  pattern: /^(\+|[A-Za-z0-9._-]+)(\/(\+|[A-Za-z0-9._-]+))*(\/|\/?\*)?$|^\*$/,
  fault: (path) => {
    if (path.length > 512) return { message: 'the path is too long', fix: 'write at most 512 characters' };
    if (path.startsWith('/')) {
      return {
        message: 'the path is not relative',
        fix: 'remove the leading slash: it is taken below the tenant’s folder',
      };
    }
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

/**
 * What is wrong with a path that repeats what is before it: it is taken below the tenant's folder, in the environment's engine.
 *
 * @param tenant name of the tenant, and of its folder
 */
export function repeatedFault(path: string, tenant: string): Fault | undefined {
  const [, inApi] = /^(?:v1\/)?v1\/[^/]+\/kv1?\/(?:(?:data|metadata)\/)?(.*)$/.exec(path) ?? [];
  const folder = `${tenant}/`;
  if (inApi === undefined && !path.startsWith(folder)) return undefined;
  const inMount = inApi ?? path;
  const rest = inMount.startsWith(folder) ? inMount.slice(folder.length) : '';
  return {
    message:
      inApi === undefined
        ? `the path repeats the tenant’s folder \`${folder}\`, below which it is taken`
        : 'this is a path of the API, and it is taken below the tenant’s folder',
    fix: rest === '' ? 'write the path without what is before the tenant’s folder' : `write \`${rest}\``,
  };
}

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
