import { parse } from 'yaml';

import { parsePolicy } from '../../../access/policy/parse-policy';
import type { AccessModel, Principal, TokenSettings } from '../../../access/principals/access-model';
import type { Server } from '../../../access/servers';

/** A model as the pages of rules write it. */
interface Written {
  readonly server?: Server;
  readonly mounts?: Readonly<Record<string, string>>;
  readonly policies: Readonly<Record<string, string>>;
  readonly principals: Readonly<
    Record<string, readonly string[] | { readonly policies: readonly string[]; readonly token: TokenSettings }>
  >;
}

const principal = (id: string, written: Written['principals'][string]): Principal => {
  const [kind = '', mount = ''] = id.split(/[:/]/);
  const details = 'policies' in written ? written : { policies: written };
  return { id, kind: kind as Principal['kind'], mount, name: id.slice(id.lastIndexOf('/') + 1), ...details };
};

/** Model of a block in YAML. */
export const yamlModel = (text: string): AccessModel => {
  const { server = 'openbao-2.7', mounts = {}, policies, principals } = parse(text) as Written;
  return {
    server,
    mounts: Object.entries(mounts).map(([path, type]) => ({ path, type })),
    policies: new Map(
      Object.entries(policies).map(([name, source]) => [
        name,
        { policy: parsePolicy(name, source, server), text: source, source: { file: `policies/${name}.hcl` } },
      ]),
    ),
    principals: Object.entries(principals).map(([id, written]) => principal(id, written)),
  };
};

/** Model of one policy in HCL that one login has. */
export const policyModel = (text: string): AccessModel =>
  yamlModel(
    JSON.stringify({ policies: { example: text }, principals: { 'approle:approle/role/example': ['example'] } }),
  );
