import type { ReplicaTenant } from '../local/replica/scope';
import { keySetDocument, keySetPath, keySetPolicy, kvMount, roleOfPolicy, type KeySetAccess } from '../model/names';
import type { Grant } from '../model/tenant/grant';
import type { DocumentGrant } from '../model/tenant/grants/documents';
import type { AppRoleLogin, Login } from '../model/tenant/login';

/** A document of the key-value engine, and how it is used. */
export interface DocumentUse {
  readonly type: 'document';
  /** Mount of the documents. */
  readonly mount: string;
  /** A document of the role, inside the mount. */
  readonly document: string;
  readonly reads: boolean;
  /** A folder that the role can list, inside the mount. @default - the role cannot list */
  readonly folder?: string;
  /** Version that the role's first write replaces; 0: it creates the document. @default - the role cannot write */
  readonly firstCas?: number;
}

/** A permission of a role: documents with the parameters of their commands, everything else as a grant. */
export type Use = DocumentUse | Exclude<Grant, { type: 'documents' }>;

/** A role of a tenant: its login methods and grants. */
export interface TenantAccess {
  readonly role: string;
  readonly logins: readonly Login[];
  readonly uses: readonly Use[];
}

const approle: AppRoleLogin = { type: 'approle' };

/** Every role that a tenant has in an environment. */
export function tenantAccess({ tenant, settings }: ReplicaTenant): TenantAccess[] {
  const { environment, keySet, policies } = settings;
  const keySetRole = (access: KeySetAccess): TenantAccess => ({
    role: roleOfPolicy(keySetPolicy(tenant, environment, access)),
    logins: [approle],
    uses: [
      {
        type: 'document',
        mount: kvMount(environment),
        document: keySetPath(tenant),
        reads: true,
        // Version 1 is the empty key set that Terraform wrote.
        ...(access === 'rw' && { firstCas: 1 }),
      },
    ],
  });
  /** Only the key set already exists. */
  const firstCas = ({ environment: granted, path, operations }: DocumentGrant): Pick<DocumentUse, 'firstCas'> => {
    const isKeySet = keySet !== 'none' && granted.name === environment.name && path === keySetDocument;
    if (operations.includes('create') && !isKeySet) return { firstCas: 0 };
    return operations.includes('update') && isKeySet ? { firstCas: 1 } : {};
  };
  const use = (grant: Grant): Use =>
    grant.type === 'documents'
      ? {
          type: 'document',
          mount: kvMount(grant.environment),
          document: `${tenant.name}/${anExample(grant.path)}`,
          reads: grant.operations.includes('read'),
          ...(grant.operations.includes('list') && { folder: folderOf(`${tenant.name}/${anExample(grant.path)}`) }),
          ...firstCas(grant),
        }
      : grant;
  return [
    ...(keySet === 'none' ? [] : [keySetRole('ro'), keySetRole('rw')]),
    ...policies.map(({ name, grants, logins }) => ({ role: roleOfPolicy(name), logins, uses: grants.map(use) })),
  ];
}

/** The folder of a document; a path that ends in a slash is one. */
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** An example of the paths that a path with wildcards matches. */
export const anExample = (path: string): string => path.replace(/\*$/, 'example').replaceAll('+', 'example');
