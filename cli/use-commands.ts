import type { Environment } from '../model/environment/environment';
import { engineMount } from '../model/names';
import type { Tenant } from '../model/tenant/tenant';
import type { CommandGroup } from './command-group';
import { commandsOfKey } from './key-commands';
import { anExample, type DocumentUse, type Use } from './tenant-access';

export interface UseContext {
  readonly tenant: Pick<Tenant, 'name'>;
  readonly environment: Environment;
  /** `bao` or `vault`. */
  readonly binary: string;
}

/** Commands to use a grant after login. */
export function commandsToUse(use: Use, { tenant, environment, binary: cli }: UseContext): CommandGroup[] {
  const mount = (engine: Parameters<typeof engineMount>[1]): string => engineMount(environment, engine);
  switch (use.type) {
    case 'document':
      return document(use, cli);
    case 'documents1': {
      const path = `${mount('kv1')}/${tenant.name}/${anExample(use.path)}`;
      const writes = use.operations.some((operation) => operation === 'create' || operation === 'update');
      const read = { title: 'Read (version 1)', commands: [`${cli} read -format=json ${path}`] };
      const write = { title: 'Write (version 1)', commands: [`${cli} write ${path} @document.json`] };
      // A document cannot be read before the first write creates it.
      return [...(writes ? [write] : []), ...(use.operations.includes('read') ? [read] : [])];
    }
    case 'certificate': {
      const { authority, domains, roleName } = use.role;
      const commonName = `common_name=${domains[0] ?? ''}`;
      const commands = {
        issue: [
          `(umask 077; ${cli} write -format=json ${authority.mountPath}/issue/${roleName} ${commonName} > issued.json)`,
        ],
        sign: [`${cli} write -format=json ${authority.mountPath}/sign/${roleName} ${commonName} csr=@request.csr`],
        revoke: [
          `${cli} write ${authority.mountPath}/revoke-with-key certificate=@certificate.pem private_key=@private.key`,
        ],
      };
      const titles = {
        issue: 'Get a key and a certificate; an agent renews them: platform tenant agent',
        sign: 'Get a certificate for your own key',
        revoke: 'Revoke a certificate whose key you have',
      };
      return use.operations.map((operation) => ({ title: titles[operation], commands: commands[operation] }));
    }
    case 'key':
      return [commandsOfKey(use, mount('transit'), cli)];
    case 'database': {
      const { connection, kind, roleName } = use.role;
      const path = kind === 'dynamic' ? 'creds' : 'static-creds';
      const title =
        kind === 'dynamic'
          ? `Get an account of the database ${connection.name} for the duration of its lease`
          : `Read the password of an account of the database ${connection.name}`;
      return [{ title, commands: [`${cli} read -format=json ${mount('database')}/${path}/${roleName}`] }];
    }
    case 'aws':
      return [
        {
          title: 'Get credentials of AWS',
          commands: [`${cli} read -format=json ${mount('aws')}/creds/${use.role.roleName}`],
        },
      ];
    case 'ssh': {
      const { roleName, certificateType, principals } = use.role;
      const isHost = certificateType === 'host';
      const key = isHost ? 'ssh_host_ed25519_key' : 'id_ed25519';
      // Without a type, the server takes the key for one of a user.
      const parameters = `${isHost ? 'cert_type=host ' : ''}public_key=@${key}.pub valid_principals=${principals[0] ?? ''}`;
      const sign = `${cli} write -field=signed_key ${mount('ssh')}/sign/${roleName} ${parameters} > ${key}-cert.pub`;
      return [{ title: isHost ? 'Sign the SSH key of a host' : 'Sign an SSH key', commands: [sign] }];
    }
  }
}

function document({ mount, document: name, firstCas, reads, folder }: DocumentUse, cli: string): CommandGroup[] {
  const list = folder === undefined ? [] : [{ title: 'List', commands: [`${cli} kv list -mount=${mount} ${folder}`] }];
  const read = reads ? [{ title: 'Read', commands: [`${cli} kv get -format=json -mount=${mount} ${name}`] }] : [];
  if (firstCas === undefined) return [...read, ...list];
  const write: CommandGroup = {
    title: 'Write with check-and-set: pass the version that you read, so that no other write is lost; 0 creates',
    commands: [`${cli} kv put -cas=${firstCas} -mount=${mount} ${name} @document.json`],
  };
  // A document cannot be read before the first write creates it.
  return firstCas === 0 ? [write, ...read, ...list] : [...read, write, ...list];
}
