import { documentOperations, grantPathRule } from '../../language/rules/grant-path';
import { filledList, map, optional, reference, text, word, type Output } from '../../language/schema';
import { entries, whoKeys, type OwnerSection } from './entry';
import { areAmong, coversPath } from './pattern';

const entry = map({
  ...whoKeys,
  from: reference('the name of another environment').describe('Environment whose policies may reach into this one.'),
  paths: filledList(text(grantPathRule), 'a list of paths').describe(
    'Documents of this environment, below the folder of the tenant, as in grants.',
  ),
  operations: filledList(word(documentOperations), 'a list of operations').describe('Operations, as in grants.'),
});

const schema = optional(entries(entry), []);

/** Who may reach documents of the environment by policies of another one. */
export type GrantOwner = Output<typeof entry>;

export const grants: OwnerSection<typeof schema, GrantOwner> = {
  schema,
  covers: (allowed, { from, paths, operations }) =>
    allowed.from === from &&
    paths.every((path) => allowed.paths.some((pattern) => coversPath(pattern, path))) &&
    areAmong(allowed.operations, operations),
};
