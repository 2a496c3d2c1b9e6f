import type { Environment } from '../model/environment/environment';
import { engineMount } from '../model/names';
import type { Tenant } from '../model/tenant/tenant';
import type { CommandGroup } from './command-group';
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
      return [
        ...(use.operations.includes('read')
          ? [{ title: 'Read (version 1)', commands: [`${cli} read -format=json ${path}`] }]
          : []),
        ...(writes ? [{ title: 'Write (version 1)', commands: [`${cli} write ${path} @document.json`] }] : []),
      ];
    }
    case 'certificate': {
      const { authority, domains, roleName } = use.role;
      const commonName = `common_name=${domains[0] ?? ''}`;
      const commands = {
        issue: [
          `(umask 077; ${cli} write -format=json ${authority.mountPath}/issue/${roleName} ${commonName} > issued.json)`,
        ],
        sign: [`${cli} write -format=json ${authority.mountPath}/sign/${roleName} ${commonName} csr=@request.csr`],
        revoke: [`${cli} write ${authority.mountPath}/revoke-with-key serial_number=<serial> private_key=@private.key`],
      };
      const titles = {
        issue: 'Get a key and a certificate; an agent renews them: platform tenant agent',
        sign: 'Get a certificate for your own key',
        revoke: 'Revoke a certificate whose key you have',
      };
      return use.operations.map((operation) => ({ title: titles[operation], commands: commands[operation] }));
    }
    case 'key': {
      const path = (operation: string): string => `${mount('transit')}/${operation}/${use.key.keyName}`;
      const text = 'base64 -w0 < plain';
      const commands = {
        encrypt: `${text} | ${cli} write -field=ciphertext ${path('encrypt')} plaintext=- > cipher`,
        decrypt: `${cli} write -field=plaintext ${path('decrypt')} ciphertext=@cipher | base64 -d > plain`,
        rewrap: `${cli} write -field=ciphertext ${path('rewrap')} ciphertext=@cipher > rewrapped`,
        sign: `${text} | ${cli} write -field=signature ${path('sign')} input=- > signature`,
        verify: `${text} | ${cli} write ${path('verify')} signature=@signature input=-`,
        hmac: `${text} | ${cli} write -field=hmac ${path('hmac')} input=-`,
        datakey: `${cli} write -f -format=json ${mount('transit')}/datakey/wrapped/${use.key.keyName}`,
        rotate: `${cli} write -f ${path('keys')}/rotate`,
        read: `${cli} read ${path('keys')}`,
      };
      return [
        {
          title: `Key ${use.key.keyName}: ${use.operations.join(', ')}`,
          commands: use.operations.map((operation) => commands[operation]),
        },
      ];
    }
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
    case 'ssh':
      return [
        {
          title: 'Sign an SSH key',
          commands: [
            `${cli} write -field=signed_key ${mount('ssh')}/sign/${use.role.roleName} public_key=@id_ed25519.pub valid_principals=${use.role.principals[0] ?? ''} > id_ed25519-cert.pub`,
          ],
        },
      ];
  }
}

function document({ mount, document: name, firstCas }: DocumentUse, cli: string): CommandGroup[] {
  const read: CommandGroup = { title: 'Read', commands: [`${cli} kv get -format=json -mount=${mount} ${name}`] };
  if (firstCas === undefined) return [read];
  const write: CommandGroup = {
    title: 'Write with check-and-set: pass the version that you read, so that no other write is lost; 0 creates',
    commands: [`${cli} kv put -cas=${firstCas} -mount=${mount} ${name} @document.json`],
  };
  // A document cannot be read before the first write creates it.
  return firstCas === 0 ? [write, read] : [read, write];
}
