import type { Rule } from '../rule';
import { withPlaceholder } from './placeholder';

const segment = /^(?!\.\.?$)[A-Za-z0-9._-]+$/;

/** A file in the folder of an agent. */
export const fileNameRule: Rule = {
  allowed: 'the name of a file such as configs.json, without a folder',
  pattern: segment,
  fault: (name) =>
    segment.test(name) && name.length <= 200
      ? undefined
      : { message: 'this cannot name a file', fix: 'write letters, digits, `.`, `_` and `-`' },
};

/** A folder on a host or in a pod. */
export const directoryRule = withPlaceholder(
  {
    allowed: 'an absolute path such as /etc/kafka/tls',
    pattern: /^(\/[A-Za-z0-9._-]+)+$/,
    fault: (path) =>
      path.startsWith('/') &&
      path.length <= 200 &&
      path
        .slice(1)
        .split('/')
        .every((name) => segment.test(name))
        ? undefined
        : {
            message: 'this is not the path of a folder',
            fix: 'write it from the root, of letters, digits, `.`, `_` and `-`, without a slash at the end',
          },
  },
  /^(\/[A-Za-z0-9._{}-]+)+$/,
);

/** A document, relative to the tenant's folder: one and no pattern. */
export const documentPathRule: Rule = {
  allowed: 'the path of one document below the tenant’s folder, such as configs',
  pattern: /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/,
  fault: (path) =>
    path.length <= 512 && path.split('/').every((name) => segment.test(name))
      ? undefined
      : {
          message: 'this is not the path of a document',
          fix: 'name one document, without `*`, `+` and outer slashes',
        },
};
