import type { AccessRequest, Operation } from '../../access/decide/request';

/** What a team of a platform typically holds: 50 stanzas in three policies, with every kind of pattern. */
export const principalPolicies: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'ledger', text: stanzas(Array.from({ length: 8 }, (_, app) => secretsOf('ledger', app)).flat()) },
  {
    name: 'shared',
    text: stanzas(
      Array.from({ length: 5 }, (_, app) => secretsOf('shared', app))
        .flat()
        .slice(0, 10),
    ),
  },
  {
    name: 'base',
    text: stanzas([
      ['secret/+/private', ['deny']],
      ['secret/data/+/+/config', ['read']],
      ['secret/metadata/*', ['list']],
      ['pki/issue/ledger-*', ['update']],
      ['transit/+/ledger', ['update']],
      ['sys/capabilities-self', ['update']],
      ['auth/token/lookup-self', ['read']],
      ['auth/token/renew-self', ['update']],
    ]),
  },
];

type Short = readonly [path: string, capabilities: readonly string[]];

function secretsOf(team: string, app: number): Short[] {
  const base = `${team}/app-${app}`;
  return [
    [`secret/data/${base}/*`, ['create', 'read', 'update', 'patch', 'delete']],
    [`secret/metadata/${base}/*`, ['read', 'list']],
    [`secret/data/${base}/locked`, ['read']],
    [`database/creds/${team}-app-${app}`, ['read']],
  ];
}

function stanzas(list: readonly Short[]): string {
  return list
    .map(([path, capabilities]) => `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}\n`)
    .join('\n');
}

/** Requests of the principal, about half of which are allowed. All are reads and lists, so that a server can repeat them. */
export const principalRequests: readonly AccessRequest[] = Array.from({ length: 400 }, (_, index) => {
  const app = index % 12;
  const requests: readonly [Operation, string][] = [
    ['read', `secret/data/ledger/app-${app}/database`],
    ['read', `secret/data/ledger/app-${app}/locked`],
    ['list', `secret/metadata/ledger/app-${app}/`],
    ['read', `secret/data/other/app-${app}/config`],
    ['read', `secret/data/other/app-${app}/password`],
    ['read', `secret/metadata/shared/app-${app}/x`],
    ['read', 'auth/token/lookup-self'],
    ['list', `secret/data/ledger/app-${app}/`],
  ];
  const [operation, path] = requests[index % requests.length] ?? ['read', 'secret'];
  return { operation, path };
});
