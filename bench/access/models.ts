import { parsePolicy } from '../../access/policy/parse-policy';
import type { AccessModel, PlacedPolicy, Principal } from '../../access/principals/access-model';
import type { Server } from '../../access/servers';

const server: Server = 'openbao-2.7';

/** A policy text with a number of stanzas of a tenant, of which every sixth denies. */
export const tenantText = (tenant: string, stanzas: number): string =>
  Array.from({ length: stanzas }, (_, index) => stanzaText(`v1/${tenant}`, index)).join('\n');

const stanzaText = (mount: string, index: number): string => {
  const block = (path: string, capabilities: string): string => `path "${path}" { capabilities = [${capabilities}] }`;
  switch (index % 6) {
    case 0:
      return block(`${mount}/kv/data/app-${index}/*`, '"create", "read", "update"');
    case 1:
      return block(`${mount}/kv/metadata/app-${index}/*`, '"read", "list"');
    case 2:
      return block(`${mount}/kv/+/app-${index}/private`, '"deny"');
    case 3:
      return block(`${mount}/kv/data/+/shared-${index}/*`, '"read"');
    case 4:
      return block(`${mount}/pki/issue/role-${index}`, '"create", "update"');
    default:
      return block(`${mount}/database/creds/${index}`, '"read"');
  }
};

/** A model in which each tenant has a policy and a login. */
export const modelOf = (tenants: number, textOf: (tenant: string, index: number) => string): AccessModel => {
  const names = Array.from({ length: tenants }, (_, index) => `tenant-${index}`);
  return {
    server,
    policies: new Map(names.map((name, index) => [name, placed(name, textOf(name, index))])),
    principals: names.map((name): Principal => ({
      id: `approle:${name}`,
      kind: 'approle',
      mount: 'approle',
      name,
      policies: [name],
    })),
    mounts: [],
  };
};

const placed = (name: string, text: string): PlacedPolicy => ({ policy: parsePolicy(name, text, server), text });
