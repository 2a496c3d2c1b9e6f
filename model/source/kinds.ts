import { z } from 'zod';

import { clusterShape, clusterSchema, clusterStandIn, type ClusterFile } from '../cluster/cluster';
import { kubernetesShape, kubernetesStandIn } from '../cluster/kubernetes/server';
import { environmentSchema, environmentShape, type EnvironmentFile } from '../environment/environment';
import { shapesOfChoice } from '../language/choice';
import { namesSchema, namesShape, type NamesFile } from '../register/names-file';
import { ownedKeys } from '../tenant/owned';
import { tenantSchema, tenantShape, tenantStandIn, type TenantFile } from '../tenant/tenant';

/** The kinds of file an inventory has. */
export type Kind = 'cluster' | 'environment' | 'tenant' | 'names';

/** How one kind of file is understood. */
export interface FileKind<File extends object> extends FileSection {
  readonly schema: z.ZodType<File>;
  readonly standIn: File;
  /** Keys in which mistakes that concern no reference are corrected, so that references are looked up. @default - none */
  readonly correctable?: readonly (keyof File & string)[];
  /** Maps in it, by their key, of which what is left is checked as well. */
  readonly sections?: Readonly<Record<string, FileSection>>;
}

/** A map that is checked as far as it has no problems. */
export interface FileSection {
  /** Schemas of its keys. */
  readonly shape: z.ZodRawShape;
  /**
   * Stands in for what a wrong file lacks, so that the rest of it can be checked. It never leaves the loader: where it is
   * used, a problem has been reported. The empty name in it, which no schema accepts, is never looked up.
   */
  readonly standIn: object;
}

export const clusterKind: FileKind<ClusterFile> = {
  schema: clusterSchema,
  shape: clusterShape,
  standIn: clusterStandIn,
  sections: { kubernetes: { shape: kubernetesShape, standIn: kubernetesStandIn } },
};

export const environmentKind: FileKind<EnvironmentFile> = {
  schema: environmentSchema,
  shape: environmentShape,
  standIn: { ...environmentSchema.parse({ description: '-', cluster: '-', state: { backend: 'local' } }), cluster: '' },
};

export const tenantKind: FileKind<TenantFile> = {
  schema: tenantSchema,
  shape: tenantShape,
  standIn: tenantStandIn,
  correctable: [...ownedKeys, 'agents', 'expect', 'policies', 'sharing'],
};

export const namesKind: FileKind<NamesFile> = {
  schema: namesSchema,
  shape: namesShape,
  standIn: namesSchema.parse({}),
};

const schemas: Readonly<Record<Kind, z.ZodType>> = {
  cluster: clusterSchema,
  environment: environmentSchema,
  tenant: tenantSchema,
  names: namesSchema,
};

/** JSON Schemas (draft 2020-12) of the kinds of file, as text, by the name of the file that publishes them. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(schemas).map(([kind, schema]) => {
      const text = JSON.stringify(forEditors({ ...jsonSchema(schema), title: `Inventory: ${kind}` }), null, 2);
      return [`${kind}.schema.json`, `${text}\n`];
    }),
  );
}

/** What a file may hold; a choice is all of its shapes. */
const jsonSchema = (schema: z.core.$ZodType): z.core.JSONSchema.BaseSchema =>
  z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema: made }) => {
      const shapes = shapesOfChoice(zodSchema);
      if (shapes !== undefined) made.anyOf = shapes.map(inner);
      // zod leaves out the default of a schema that transforms, though this is the one of the file.
      const { default: shown } = z.globalRegistry.get(zodSchema) ?? {};
      if (shown !== undefined) made.default = shown;
    },
  });

function inner(schema: z.core.$ZodType): z.core.JSONSchema.BaseSchema {
  const made = jsonSchema(schema);
  delete made.$schema;
  return made;
}

/**
 * Adds what editors need. `yaml-language-server` shows no default when one hovers over a key, and escapes the Markdown of a plain
 * description; of a choice it shows the plain description alone. It inserts a default that is a list of maps as `[object Object]`,
 * so that such a one is in the description alone.
 */
function forEditors(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(forEditors);
  if (typeof node !== 'object' || node === null) return node;
  const { default: preset, ...others } = node as { readonly default?: unknown };
  const made = Object.fromEntries(Object.entries(others).map(([key, value]) => [key, forEditors(value)]));
  const { description } = made;
  if (preset === undefined && !(typeof description === 'string' && /[`*_<]/.test(description))) return made;
  const isListOfMaps = Array.isArray(preset) && typeof preset[0] === 'object';
  const text = typeof preset === 'string' ? preset : JSON.stringify(preset);
  const sentence = preset === undefined ? '' : `Default: \`${text}\``;
  return {
    ...(!isListOfMaps && preset !== undefined && { default: preset }),
    ...made,
    ...(preset !== undefined &&
      (isListOfMaps || 'anyOf' in made) && { description: `${String(description)} Default: ${text}.` }),
    markdownDescription: [description, sentence].filter(Boolean).join('\n\n'),
  };
}
