import type { AccessModel, Owner } from './access-model';
import { buildModel, type ModelServer } from './build-model';
import { ServerObjects, type TokenObject } from './server-objects';
import { readResources, type Deferred } from './terraform/read-resources';
import { resourcesOfJson, type Resources } from './terraform/resources';

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
export function accessModels(stacks: Iterable<StackJson>, options: TerraformOptions): AccessModel[] {
  const reader = new StackReader(options);
  for (const stack of stacks) reader.add(stack);
  return reader.models();
}

/** Like {@link accessModels}, stack by stack: the JSON of a stack is not needed after it is added. */
export class StackReader {
  private readonly clusters = new Map<string, ServerReader>();

  constructor(private readonly options: TerraformOptions) {}

  public add({ name, json }: StackJson): void {
    const origin = this.options.originOf(name);
    if (origin === undefined) return;
    let server = this.clusters.get(origin.cluster);
    if (server === undefined) this.clusters.set(origin.cluster, (server = new ServerReader(origin)));
    server.add({ resources: resourcesOfJson(name, json), ...(origin.share && { share: origin.share }) });
  }

  /** Called once, after all stacks are added. */
  public models(): AccessModel[] {
    return [...this.clusters.values()]
      .map((server) => server.model(this.options.tokens))
      .sort((a, b) => ((a.cluster ?? '') < (b.cluster ?? '') ? -1 : 1));
  }
}

/** Resources of one stack, and whose they are. */
export interface StackPart {
  readonly resources: Resources;
  readonly share?: StackOrigin['share'];
}

/** The model of a server from all resources that configure it. */
export function modelOfStacks(
  parts: readonly StackPart[],
  server: ModelServer,
  tokens?: readonly TokenObject[],
): AccessModel {
  const reader = new ServerReader(server);
  for (const part of parts) reader.add(part);
  return reader.model(tokens);
}

class ServerReader {
  private readonly objects = new ServerObjects();
  private readonly deferred: Deferred[] = [];
  private readonly methodTypes = new Map<string, string>();
  private readonly mountOfAccessor = new Map<string, string>();

  constructor(private readonly server: ModelServer) {}

  public add({ resources, share }: StackPart): void {
    const { objects, deferred, methodTypes, mountOfAccessor } = this;
    for (const resource of resources.all) {
      const found = resources.authMount(resource);
      if (found === undefined) continue;
      if (found.type !== undefined) methodTypes.set(found.mount, found.type);
      mountOfAccessor.set(resources.generated(resource, 'accessor'), found.mount);
    }
    readResources(resources, { objects, deferred, share });
  }

  /** Called once, after all stacks are added. */
  public model(tokens: readonly TokenObject[] = []): AccessModel {
    const { objects, deferred, methodTypes, mountOfAccessor } = this;
    for (const add of deferred) add({ methodTypes, mountOfAccessor });
    const names = new Set(objects.policies.map(({ name }) => name));
    objects.tokens.push(...tokens.filter(({ policies }) => policies.some((policy) => names.has(policy))));
    const { server, cluster } = this.server;
    return buildModel(objects, { server, ...(cluster !== undefined && { cluster }) });
  }
}
