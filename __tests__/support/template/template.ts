import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

import type { StateBackend } from '../../../model/cluster/state';
import { VaultStack } from '../../../stacks/vault-stack';
import { PolicyAccess } from '../policy/policy-access';

type Attributes = Readonly<Record<string, unknown>>;

class BareStack extends VaultStack {}

type Build = (scope: Construct) => void;

/** Makes a stack that holds what `build` puts into it, and the vault provider. */
export const bareStack =
  (build: Build, state: StateBackend = { backend: 'local' }) =>
  (app: App): TerraformStack => {
    const stack = new BareStack(app, 'test', { state, address: 'https://127.0.0.1:8200' });
    build(stack);
    return stack;
  };

/** A stack's Terraform JSON, with questions that tests ask of it. */
export class Template {
  /** What `build` puts into a stack of its own. */
  public static of(build: Build, state?: StateBackend): Template {
    return Template.fromStack(bareStack(build, state)(testApp()));
  }

  /** Runs validations, as a synthesis does. */
  public static fromStack(stack: TerraformStack): Template {
    const messages = stack.node.findAll().flatMap(({ node }) => node.validate());
    if (messages.length > 0) throw new Error(messages.join('\n'));
    return new Template(JSON.parse(JSON.stringify(stack.toTerraform())) as Attributes);
  }

  constructor(public readonly json: Attributes) {}

  /** Resources of a type by their address in it, without cdktf's comments. */
  public resources(type: string): Record<string, Attributes> {
    const all = (this.json.resource ?? {}) as Record<string, Record<string, Attributes>>;
    return Object.fromEntries(Object.entries(all[type] ?? {}).map(([id, attributes]) => [id, omit(attributes, '//')]));
  }

  /** The one resource of a type. */
  public resource(type: string): Attributes {
    const [first, ...others] = Object.values(this.resources(type));
    if (first === undefined || others.length > 0)
      throw new Error(`${others.length + (first ? 1 : 0)} ${type}, not one`);
    return first;
  }

  /** What a token may do that has these policies of the stack, by their names on the server. */
  public policy(...names: readonly string[]): PolicyAccess {
    const texts = new Map(Object.values(this.resources('vault_policy')).map(({ name, policy }) => [name, policy]));
    const missing = names.filter((name) => !texts.has(name));
    if (missing.length > 0) throw new Error(`no policy ${missing.join()}, but ${[...texts.keys()].join()}`);
    return new PolicyAccess(...names.map((name) => texts.get(name) as string));
  }

  /** Addresses of all resources, sorted. */
  public get addresses(): string[] {
    const all = (this.json.resource ?? {}) as Record<string, object>;
    return Object.entries(all)
      .flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`))
      .sort();
  }
}

const omit = (attributes: Attributes, key: string): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== key));

/** An application of which nothing is written; all of them share a folder, which stays empty. */
export function testApp(): App {
  const outdir = path.join(tmpdir(), 'vault-platform-app');
  mkdirSync(path.join(outdir, 'stacks'), { recursive: true });
  return new App({ outdir });
}
