import type { Mount } from '../../principals/access-model';
import type { LintContext } from '../lint-context';
import type { LintRule } from '../lint-rule';
import { eachStanza } from './stanza-text';

/** First segments of paths of the engine KV version 2. */
const words = ['data', 'metadata', 'delete', 'undelete', 'destroy', 'subkeys', 'config'];

const isKv2 = ({ type }: Mount): boolean => type === 'kv-v2';

/** What follows the path of a KV version 2 engine in a pattern. Undefined if it is not below one. */
const insideKv2 = (
  mounts: readonly Mount[],
  pattern: string,
): { readonly mount: string; readonly rest: string } | undefined => {
  const mount = mounts.find(({ path }) => pattern.startsWith(path));
  return mount && { mount: mount.path, rest: pattern.slice(mount.path.length) };
};

const mountsOf = ({ model }: LintContext): readonly Mount[] => model.mounts.filter(isKv2);

/** Whether a segment, which may be the beginning of one, can be one of the words. */
const canBeWord = (segment: string, isLast: boolean): boolean => {
  if (segment === '+' || segment.startsWith('{{')) {
    return true;
  }
  return isLast && segment.endsWith('*')
    ? words.some((word) => word.startsWith(segment.slice(0, -1)))
    : words.includes(segment);
};

export const kvWithoutData: LintRule = {
  id: 'kv-without-data',
  severity: 'error',
  title: 'a path of KV version 2 without `data/`',
  check: (context) => {
    const mounts = mountsOf(context);
    return eachStanza(context, ({ path }) => {
      const inside = insideKv2(mounts, path);
      if (inside === undefined || inside.rest === '') {
        return undefined;
      }
      const [first = '', ...others] = inside.rest.split('/');
      return canBeWord(first, others.length === 0)
        ? undefined
        : `"${path}" matches no path of the KV version 2 engine ${inside.mount}: write "${inside.mount}data/${inside.rest}" for values, and metadata/ for lists`;
    });
  },
};

export const kvListOnData: LintRule = {
  id: 'kv-list-on-data',
  severity: 'warning',
  title: '`list` for `data/` of KV version 2',
  check: (context) => {
    const mounts = mountsOf(context);
    return eachStanza(context, ({ path, capabilities }) => {
      const inside = insideKv2(mounts, path);
      return inside?.rest.startsWith('data/') && capabilities.includes('list')
        ? `"${path}" grants list, but KV version 2 lists below metadata/: grant list for "${inside.mount}metadata/${inside.rest.slice('data/'.length)}" instead`
        : undefined;
    });
  },
};
