import { map, type Output } from '../../language/map';
import { grantPathRule } from '../../language/rules/grant-path';
import { shorten } from '../../language/show';
import { text } from '../../language/values';
import type { ValuePath } from '../../source/source-file';
import type { GrantPlace } from './grant-place';
import { checkList, operationList } from './operations';

const schema = map(
  {
    document1: text(grantPathRule).describe(
      'Documents below the tenant’s folder in the environment’s key-value engine of version 1, as with `path`.',
    ),
    operations: operationList(['create', 'read', 'update', 'delete', 'list']).describe('Allowed operations.'),
  },
  checkList('document1'),
);

type Entry = Output<typeof schema>;
export type Document1Operation = Entry['operations'][number];

/** Access to documents in the key-value engine of version 1, which has neither versions nor metadata. */
export type Document1Grant = Pick<Entry, 'operations'> & { readonly type: 'documents1'; readonly path: string };

function link({ document1, operations }: Entry, path: ValuePath, place: GrantPlace): Document1Grant | undefined {
  const { environment, unsound } = place.home;
  if (environment.engines.keyValue1 !== undefined) return { type: 'documents1', path: document1, operations };
  if (unsound.has('engines')) return undefined;
  place.scope.report([...path, 'document1'], {
    message: `there is no engine \`keyValue1\` in ${environment.name}`,
    given: shorten(document1),
    allowed: 'environments with `engines.keyValue1`, or `path` for documents with versions',
    fix: `write \`path:\`, or add \`keyValue1: {}\` to \`engines\` in inventory/environments/${environment.name}.yaml`,
  });
  return undefined;
}

export const documents1 = { schema, link };
