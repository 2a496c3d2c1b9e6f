import type { AccessModel, Owner } from './access-model';
import { buildModel, type ModelServer } from './build-model';
import { ServerObjects, type TokenObject } from './server-objects';
import { readResources } from './terraform/read-resources';
import { resourcesOfJson, type AuthMount, type Resources } from './terraform/resources';

/** A stack in Terraform's JSON syntax. */
export interface StackJson {
  readonly name: string;
  /** Content of `cdk.tf.json`, parsed. */
  readonly json: unknown;
}

/** The server that a stack configures. */
export interface StackOrigin extends ModelServer {
  readonly cluster: string;
  /** Environment and team of a team's stack, whose constructs are tenants. @default - the stack is the platform's */
  readonly share?: Pick<Owner, 'environment' | 'team'>;
}

export interface TerraformOptions {
  /** The server of a stack; undefined for stacks that configure none, which are ignored. */
  readonly originOf: (stack: string) => StackOrigin | undefined;
  /** Tokens that are issued without a role, for servers that have their policies. @default - none */
  readonly tokens?: readonly TokenObject[];
}

/**
 * What clients of each server can log in by and which policies they get, from all of its stacks.
 *
 * @returns one model for each cluster, sorted by its name
 */
export function accessModels(stacks: readonly StackJson[], { originOf, tokens }: TerraformOptions): AccessModel[] {
  const clusters = new Map<string, { server: ModelServer; parts: StackPart[] }>();
  for (const { name, json } of stacks) {
    const origin = originOf(name);
    if (origin === undefined) continue;
    const known = clusters.get(origin.cluster) ?? { server: origin, parts: [] };
    known.parts.push({ resources: resourcesOfJson(name, json), ...(origin.share && { share: origin.share }) });
    clusters.set(origin.cluster, known);
  }
  return [...clusters.values()]
    .map(({ server, parts }) => modelOfStacks(parts, server, tokens))
    .sort((a, b) => ((a.cluster ?? '') < (b.cluster ?? '') ? -1 : 1));
}

/** Resources of one stack, and whose they are. */
export interface StackPart {
  readonly resources: Resources;
  readonly share?: StackOrigin['share'];
}

/** The model of a server from all resources that configure it. */
export function modelOfStacks(
  parts: readonly StackPart[],
  { server, cluster }: ModelServer,
  tokens: readonly TokenObject[] = [],
): AccessModel {
  const objects = new ServerObjects();
  const methods = parts.flatMap(({ resources }) => authMethodsOf(resources));
  const methodTypes = new Map(
    methods.flatMap(({ mount, type }) => (type === undefined ? [] : [[mount, type] as const])),
  );
  const mountOfAccessor = new Map(methods.map(({ accessor, mount }) => [accessor, mount]));
  for (const { resources, share } of parts) {
    readResources(resources, { methodTypes, mountOfAccessor, ...(share !== undefined && { share }) }, objects);
  }
  const names = new Set(objects.policies.map(({ name }) => name));
  objects.tokens.push(...tokens.filter(({ policies }) => policies.some((policy) => names.has(policy))));
  return buildModel(objects, { server, ...(cluster !== undefined && { cluster }) });
}

/** Auth methods that a stack mounts or reads. */
const authMethodsOf = (resources: Resources): (AuthMount & { readonly accessor: string })[] =>
  resources.all.flatMap((resource) => {
    const found = resources.authMount(resource);
    return found === undefined ? [] : [{ ...found, accessor: resources.generated(resource, 'accessor') }];
  });
