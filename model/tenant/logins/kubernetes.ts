import { kubernetesNameRule } from '../../language/rules/words';
import { filledList, literal, map, optional, refuse, text, word } from '../../language/schema';
import type { Output, Without } from '../../language/schema';
import { accountFaults, allowedAccounts, pinnedAccounts } from './bound-accounts';
import { method, type LoginPlace, type WithMethod } from './login-place';

const schema = map(
  {
    type: literal('kubernetes').describe('With the token of a ServiceAccount.'),
    method,
    serviceAccounts: filledList(text(kubernetesNameRule), 'a list of ServiceAccounts').describe(
      'Names of the ServiceAccounts. `{environment}` is filled in.',
    ),
    namespaces: filledList(text(kubernetesNameRule), 'a list of namespaces').describe(
      'Namespaces of the ServiceAccounts. `{environment}` is filled in.',
    ),
    aliasNameSource: optional(word(['serviceaccount_uid', 'serviceaccount_name'])).describe(
      'What names the client in identity, as the auth method has it: leave it out. Default: the method’s.',
    ),
  },
  ({ serviceAccounts, namespaces }, context) => {
    for (const { path, ...fault } of accountFaults({ serviceAccounts, namespaces })) {
      refuse(context, [...path], allowedAccounts, fault);
    }
  },
);

type Entry = Output<typeof schema>;

/** With the token of a ServiceAccount. Never wildcards in both lists: that would be the whole cluster. */
export type KubernetesLogin = WithMethod<Without<Entry, 'aliasNameSource'>>;

/** Names of the clients in identity, where the login has no wildcards and clients are named by account. */
const clients = ({ serviceAccounts, namespaces, method: { aliasNameSource } }: KubernetesLogin): readonly string[] =>
  pinnedAccounts({ serviceAccounts, namespaces, aliasNameSource });

export const kubernetes = {
  schema,
  link: ({ aliasNameSource, ...login }: Entry, place: LoginPlace): KubernetesLogin | undefined =>
    place.agreeing({ aliasNameSource }, place.withMethod(login, 'serviceAccounts', 'namespaces')),
  clients,
};
