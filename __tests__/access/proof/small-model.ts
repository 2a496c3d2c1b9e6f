import type { Operation } from '../../../access/decide/request';
import type { Capability } from '../../../access/policy/policy';
import type { AccessModel, Mount, Owner, Principal } from '../../../access/principals/access-model';
import type { Server } from '../../../access/servers';
import { policy, stanza } from '../hand-made';

export const now = Date.parse('2026-12-01T12:00:00Z');

export const owner = (tenant: string, environment = 'devel'): Owner => ({
  team: `team-${tenant}`,
  tenant,
  environment,
});

/** Capabilities by path. */
export type Rules = Readonly<Record<string, readonly Capability[]>>;

export interface SmallPrincipal {
  readonly owner?: Owner;
  readonly rules: Rules;
  readonly over?: Partial<Principal>;
}

/** One principal for each entry, with a policy of the same name. */
export function smallModel(
  entries: Readonly<Record<string, SmallPrincipal>>,
  {
    server = 'openbao-2.7',
    mounts = [{ path: 'v1/devel/kv/', type: 'kv-v2' }],
  }: { server?: Server; mounts?: Mount[] } = {},
): AccessModel {
  const policies = new Map(
    Object.entries(entries).map(([name, { owner: mine, rules }]) => {
      const stanzas = Object.entries(rules).map(([path, capabilities]) => stanza(path, capabilities));
      const placed = { policy: policy(name, stanzas), text: '', ...(mine !== undefined && { owner: mine }) };
      return [name, placed] as const;
    }),
  );
  const principals = Object.entries(entries).map(([name, { owner: mine, over }]): Principal => ({
    id: `approle:approle/role/${name}-role`,
    kind: 'approle',
    mount: 'approle',
    name: `${name}-role`,
    policies: [name],
    ...(mine !== undefined && { owner: mine }),
    ...over,
  }));
  return { server, policies, principals, mounts };
}

export const everyOperation: readonly Operation[] = [
  ...(['read', 'list', 'scan', 'create', 'update', 'patch', 'delete', 'recover'] as const),
];
