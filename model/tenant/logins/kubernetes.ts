import { kubernetesNameRule } from '../../language/rules/words';
import { filledList, literal, map, optional, refuse, text, word, type Output } from '../../language/schema';
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
    aliasNameSource: optional(word(['serviceaccount_uid', 'serviceaccount_name']), 'serviceaccount_uid').describe(
      'What names the client in identity: the UID of its ServiceAccount, which a new one of the same name does not have, or the name.',
    ),
  },
  ({ serviceAccounts, namespaces }, context) => {
    for (const [key, names] of Object.entries({ serviceAccounts, namespaces })) {
      if (names.length === 1 || !names.includes('*')) continue;
      refuse(context, [key, names.indexOf('*')], 'names, or `*` alone', {
        message: '`*` makes the other entries redundant',
        fix: 'write `*` alone, or remove it',
      });
    }
    const wild = (names: readonly string[]): boolean => names.some((name) => name.includes('*'));
    if (!wild(serviceAccounts) || !wild(namespaces)) return;
    refuse(context, ['namespaces'], '`*` in one of serviceAccounts and namespaces', {
      message:
        'wildcards in both lists admit everyone who can create a namespace: ServiceAccounts in it can have any name',
      fix: 'name the namespaces, or the ServiceAccounts, one by one',
    });
  },
);

type Entry = Output<typeof schema>;

/** With the token of a ServiceAccount. Never wildcards in both lists: that would be the whole cluster. */
export type KubernetesLogin = WithMethod<Entry>;

/** Names of the clients in identity, where the login has no wildcards and clients are named by account. */
function clients({ serviceAccounts, namespaces, aliasNameSource }: KubernetesLogin): string[] {
  const isExact = [...serviceAccounts, ...namespaces].every((name) => !name.includes('*'));
  if (!isExact || aliasNameSource !== 'serviceaccount_name') return [];
  return namespaces.flatMap((namespace) => serviceAccounts.map((account) => `${namespace}/${account}`));
}

export const kubernetes = {
  schema,
  link: (login: Entry, place: LoginPlace): KubernetesLogin | undefined =>
    place.withMethod(login, 'serviceAccounts', 'namespaces'),
  clients,
};
