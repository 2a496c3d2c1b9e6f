import { z } from 'zod';

import { byKey, choice, filledList, isMap, refuse, type Output } from '../language/schema';
import type { ValuePath } from '../source/source-file';
import { certificate } from './grants/certificate';
import { documents, documents1 } from './grants/documents';
import type { GrantPlace } from './grants/grant-place';
import { key } from './grants/key';
import { aws, database, ssh } from './grants/roles';

/** What can be granted, by the key that says so. */
const kinds = { path: documents, document1: documents1, certificate, key, database, aws, ssh };

type Kinds = typeof kinds;
type Subject = keyof Kinds;

const schemas = Object.fromEntries(Object.entries(kinds).map(([subject, { schema }]) => [subject, schema])) as {
  [Key in Subject]: Kinds[Key]['schema'];
};

const chooseSubject = byKey(schemas);

/** The key that `operations` had before. */
const capabilities = z.any().superRefine((_, context) => {
  refuse(context, ['capabilities'], 'operations', {
    message: 'unknown key `capabilities`',
    fix: 'write `operations`',
    given: 'capabilities',
  });
});

const hasCapabilities = (grant: unknown): boolean =>
  isMap(grant) && 'capabilities' in grant && !('operations' in grant);

/** What a policy allows; one of the keys says what it is about. */
export const grantSchema = choice(
  Object.values(schemas) as unknown as readonly [Kinds[Subject]['schema']],
  (value, report) => (hasCapabilities(value) ? capabilities : chooseSubject(value, report)),
);

type GrantFile = Output<typeof grantSchema>;

/** The grants of a policy. */
export const grantsSchema = filledList(grantSchema, 'a list of grants', identity);

function identity(entry: GrantFile): string {
  if ('path' in entry) return `${entry.environment ?? ''}:${entry.path}`;
  const [subject] = subjectOf(entry);
  return `${subject} ${String((entry as Readonly<Record<string, unknown>>)[subject])}`;
}

/** What a policy allows in one environment. */
export type Grant = NonNullable<ReturnType<Kinds[Subject]['link']>>;

/** Links the grants of a policy. Those that refer to something unknown are reported and left out. */
export const linkGrants = (grants: readonly GrantFile[], path: ValuePath, place: GrantPlace): Grant[] =>
  grants.flatMap((entry, index) => linkGrant(entry, [...path, index], place) ?? []);

/** Links one grant; undefined if it refers to something unknown, which is reported. */
export function linkGrant(entry: GrantFile, path: ValuePath, place: GrantPlace): Grant | undefined {
  const [, { link }] = subjectOf(entry);
  return link(entry as never, path, place);
}

function subjectOf(entry: GrantFile): [Subject, Kinds[Subject]] {
  const found = Object.entries(kinds).find(([subject]) => Object.hasOwn(entry, subject)) ?? ['path', documents];
  return found as [Subject, Kinds[Subject]];
}
