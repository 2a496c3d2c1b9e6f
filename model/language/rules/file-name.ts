import { patternRule } from '../rule';
import { withPlaceholder } from './placeholder';

/** A file in the folder of an agent. */
export const fileNameRule = patternRule(
  /^(?!\.\.?$)[A-Za-z0-9._-]+$/,
  'the name of a file such as configs.json, without a folder',
  { message: 'this cannot name a file', fix: 'write letters, digits, `.`, `_` and `-`' },
  (name) => name.length <= 200,
);

const areNames = (path: string): boolean => path.split('/').every((name) => fileNameRule.pattern.test(name));

/** A folder on a host or in a pod. */
export const directoryRule = withPlaceholder(
  patternRule(
    /^(\/[A-Za-z0-9._-]+)+$/,
    'an absolute path such as /etc/kafka/tls',
    {
      message: 'this is not the path of a folder',
      fix: 'write it from the root, of letters, digits, `.`, `_` and `-`, without a slash at the end',
    },
    (path) => path.length <= 200 && areNames(path.slice(1)),
  ),
  /^(\/[A-Za-z0-9._{}-]+)+$/,
);

/** A document, relative to the tenant’s folder: one and no pattern. */
export const documentPathRule = patternRule(
  /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/,
  'the path of one document below the tenant’s folder, such as configs',
  { message: 'this is not the path of a document', fix: 'name one document, without `*`, `+` and outer slashes' },
  (path) => path.length <= 512 && areNames(path),
);
