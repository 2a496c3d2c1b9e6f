import { groupRule } from '../../language/rules/words';
import { filledList, literal, map, text, type Output } from '../../language/schema';
import { method, type LoginPlace, type WithMethod } from './login-place';

const schema = map({
  type: literal('ldap').describe('For the members of groups of a directory.'),
  method,
  groups: filledList(text(groupRule), 'a list of groups', (group) => group.toLowerCase())
    .meta({ uniqueItems: true })
    .describe(
      'Groups; each leads to one policy of the cluster. The server compares names without regard to case. `{environment}` is filled in.',
    ),
});

type Entry = Output<typeof schema>;

/** The members of groups of a directory. A group leads to one policy of a cluster, no more. */
export type LdapLogin = WithMethod<Entry>;

export const ldap = {
  schema,
  link: (login: Entry, place: LoginPlace): LdapLogin | undefined => place.withMethod(login, 'groups'),
};
