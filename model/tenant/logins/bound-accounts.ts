import type { KubernetesMethod } from '../../cluster/auth-methods/kubernetes';
import type { Fault } from '../../language/rule';
import type { ValuePath } from '../../source/source-file';

/** ServiceAccounts of a login, each in each of the namespaces. */
export interface BoundAccounts {
  readonly serviceAccounts: readonly string[];
  readonly namespaces: readonly string[];
}

export const allowedAccounts =
  'names; a part of a name with `*` in one of the two lists, and then no ServiceAccount `default`';

const isWild = (name: string): boolean => name.includes('*');

/** Why `*` alone is in neither list. */
const tooWide = {
  serviceAccounts:
    'every ServiceAccount of the namespaces could log in, also `default`, which pods have without asking',
  namespaces: 'everyone who can create a namespace could log in, with a ServiceAccount of this name in it',
} as const;

/** What is wrong with ServiceAccounts that more clients have than it seems, with the key, or the entry, that it concerns. */
export function accountFaults(accounts: BoundAccounts): readonly (Fault & { readonly path: ValuePath })[] {
  const { serviceAccounts, namespaces } = accounts;
  const alone = (['serviceAccounts', 'namespaces'] as const).flatMap((key) =>
    accounts[key].flatMap((name, index) =>
      /[a-z0-9]/.test(name)
        ? []
        : [{ path: [key, index], message: `\`*\` matches every name: ${tooWide[key]}`, fix: 'list the names' }],
    ),
  );
  if (alone.length > 0 || !namespaces.some(isWild)) return alone;
  const path = ['namespaces', namespaces.findIndex(isWild)];
  if (serviceAccounts.some(isWild)) {
    const message =
      'wildcards in both lists admit everyone who can create a namespace: ServiceAccounts in it can have any name';
    return [{ path, message, fix: 'name the namespaces, or the ServiceAccounts, one by one' }];
  }
  if (!serviceAccounts.includes('default')) return [];
  const message = 'every namespace has a ServiceAccount `default`, which pods have without asking';
  return [{ path, message, fix: 'name the namespaces, or a ServiceAccount of the program' }];
}

/** Names of the clients in identity, where the login has no wildcards and clients are named by account. */
export const pinnedAccounts = ({
  serviceAccounts,
  namespaces,
  aliasNameSource,
}: BoundAccounts & Pick<KubernetesMethod, 'aliasNameSource'>): readonly string[] =>
  aliasNameSource !== 'serviceaccount_name' || [...serviceAccounts, ...namespaces].some(isWild)
    ? []
    : namespaces.flatMap((namespace) => serviceAccounts.map((account) => `${namespace}/${account}`));
