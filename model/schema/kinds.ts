import { z } from 'zod';

import { clusterSchema } from './cluster';
import type { ClusterFile } from './cluster';
import { environmentSchema } from './environment';
import type { EnvironmentFile } from './environment';
import { kubernetesSchema, type KubernetesFile } from './kubernetes';
import { tenantSchema } from './tenant';
import type { TenantFile } from './tenant';

/** The kinds of file an inventory has. */
export type Kind = 'cluster' | 'environment' | 'tenant';

/** How one kind of file is understood. */
export interface FileKind<File> {
  readonly schema: z.ZodType<File>;
  /** The same with every key optional: for what is left of a file whose other keys are wrong. */
  readonly partial: z.ZodType<object>;
  /**
   * Stands in for what a wrong file lacks, so that the rest of it can be checked. It never leaves the loader: where it is
   * used, a problem has been reported. The empty name in it, which no schema accepts, is looked up by nobody.
   */
  readonly standIn: File;
  /** Maps in it that are files by themselves: what is left of one is checked as well. By their key. */
  readonly sections?: Readonly<Record<string, FileSection>>;
}

/** A map inside of a file, in the same way. */
export interface FileSection {
  readonly partial: z.ZodType<object>;
  readonly standIn: object;
}

const kubernetesStandIn: KubernetesFile = {
  storage: { postgresql: { host: '', passwordFile: { secret: '', key: '' } } },
  certificate: 'selfSigned',
};

export const clusterKind: FileKind<ClusterFile> = {
  schema: clusterSchema,
  partial: clusterSchema.partial(),
  standIn: { description: '', dialect: 'openbao', platform: 'external', address: '', state: { backend: 'local' } },
  sections: { kubernetes: { partial: kubernetesSchema.partial(), standIn: kubernetesStandIn } },
};

export const environmentKind: FileKind<EnvironmentFile> = {
  schema: environmentSchema,
  partial: environmentSchema.partial(),
  standIn: { description: '', cluster: '', state: { backend: 'local' } },
};

export const tenantKind: FileKind<TenantFile> = {
  schema: tenantSchema,
  partial: tenantSchema.partial(),
  standIn: { description: '', environments: [''], keySet: 'create' },
};

/** JSON Schemas (draft 2020-12) of the three kinds of file, as text, by the name of the file that publishes them. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  const schemas: Record<Kind, z.ZodType> = {
    cluster: clusterSchema,
    environment: environmentSchema,
    tenant: tenantSchema,
  };
  return new Map(
    Object.entries(schemas).map(([kind, schema]) => {
      const jsonSchema = { ...z.toJSONSchema(schema, { io: 'input' }), title: `Inventory: ${kind}` };
      return [`${kind}.schema.json`, `${JSON.stringify(jsonSchema, null, 2)}\n`];
    }),
  );
}
