import { rm } from 'node:fs/promises';
import path from 'node:path';

import { PlatformError, type Problem } from '../../model/errors';
import { runTerraform, type TerraformOutput } from './child';

/** What a run changed, or would change. */
export interface ChangeSummary {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export interface TerraformOptions {
  /** Absolute path of Terraform or OpenTofu. */
  readonly program: string;
  /** Its name and version. @default 'Terraform' */
  readonly version?: string;
  /** The whole environment of the child: address, token, provider settings, and what the program itself needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called with each warning of a run, without the resource that it is about. @default - ignored */
  readonly onWarning?: (text: string) => void;
}

/** A line of Terraform's machine-readable output. @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Message {
  readonly type?: string;
  readonly change?: { readonly action: string; readonly resource: { readonly addr: string } };
  readonly changes?: { readonly add: number; readonly change: number; readonly remove: number };
  readonly outputs?: Readonly<Record<string, { readonly action?: string }>>;
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail?: string;
    readonly address?: string;
  };
}

/** Failed changes. */
export class TerraformFailure extends PlatformError {
  /** @param existing addresses of resources that could not be created because they exist on the server */
  constructor(
    problems: readonly Problem[],
    public readonly existing: readonly string[],
  ) {
    super('terraform', problems);
  }
}

/** Terraform in one working folder. Its output is parsed, never printed: callers get counts and problems. */
export class Terraform {
  /** Changes when a working folder must be initialised again: another program or version, or another source of providers. */
  public readonly fingerprint: string;
  /** Name and version of the program. */
  public readonly version: string;

  constructor(private readonly options: TerraformOptions) {
    this.version = options.version ?? 'Terraform';
    this.fingerprint = JSON.stringify([options.program, this.version, options.environment.TF_CLI_CONFIG_FILE]);
  }

  /** Downloads or links the newest providers that the JSON allows, and prepares the backend. @throws PlatformError `terraform` */
  public async init(directory: string): Promise<void> {
    const { exitCode, all } = await this.run(directory, [
      'init',
      '-input=false',
      '-no-color',
      '-reconfigure',
      '-upgrade',
    ]);
    if (exitCode !== 0) {
      throw new PlatformError('terraform', [
        {
          message: `terraform init failed in ${directory}`,
          given: lastLines(all, 15),
          fix: 'name a folder with the providers in VAULT_PLATFORM_PLUGIN_DIR, or make the Terraform registry reachable',
        },
      ]);
    }
  }

  /** Plans, and changes nothing. @returns addresses of resources that would be destroyed and created again. @throws PlatformError `terraform` */
  public async plannedReplacements(directory: string): Promise<string[]> {
    const messages = await this.messages(directory, ['plan']);
    return messages.flatMap(({ type, change }) =>
      type === 'planned_change' && change?.action === 'replace' ? [change.resource.addr] : [],
    );
  }

  /**
   * Plans and applies.
   *
   * @param check called with the JSON of a plan that changes something; if it throws, nothing is applied
   * @throws PlatformError `terraform` with every diagnostic of the run
   */
  public async apply(directory: string, check?: (plan: unknown) => Promise<void>): Promise<ChangeSummary> {
    if (check === undefined) return this.change(directory, ['apply', '-auto-approve']);
    const file = path.join(directory, planFile);
    try {
      const messages = await this.messages(directory, ['plan', `-out=${planFile}`]);
      if (!messages.some(plansChange)) return { added: 0, changed: 0, removed: 0 };
      await check(JSON.parse(await this.output(directory, ['show', '-json', planFile])));
      return await this.change(directory, ['apply'], [planFile]);
    } finally {
      await rm(file, { force: true });
    }
  }

  /**
   * Destroys every resource in the state. Reads nothing before: data sources may be of a mount that is gone, and that the provisioner
   * cannot read any more.
   *
   * @throws PlatformError `terraform`
   */
  public async destroy(directory: string): Promise<ChangeSummary> {
    return this.change(directory, ['destroy', '-auto-approve', '-refresh=false']);
  }

  /** Removes resources from the state and leaves them on the server. Ignores resources that are not in the state. */
  public async forget(directory: string, addresses: readonly string[]): Promise<void> {
    if (addresses.length === 0) return;
    const known = new Set((await this.output(directory, ['state', 'list'])).split('\n'));
    const forgotten = addresses.filter((address) => known.has(address));
    if (forgotten.length > 0) await this.output(directory, ['state', 'rm', ...forgotten]);
  }

  private async change(
    directory: string,
    parameters: readonly string[],
    files: readonly string[] = [],
  ): Promise<ChangeSummary> {
    const messages = await this.messages(directory, parameters, files);
    const summary = messages.findLast(({ type }) => type === 'change_summary')?.changes;
    return { added: summary?.add ?? 0, changed: summary?.change ?? 0, removed: summary?.remove ?? 0 };
  }

  private async messages(
    directory: string,
    parameters: readonly string[],
    files: readonly string[] = [],
  ): Promise<Message[]> {
    const { exitCode, stdout, all } = await this.run(directory, [...parameters, '-input=false', '-json', ...files]);
    const messages = stdout.split('\n').flatMap(parseMessage);
    const problems = messages.flatMap(problemOf);
    for (const warning of messages.flatMap(warningOf)) this.options.onWarning?.(warning);
    if (exitCode !== 0) {
      throw new TerraformFailure(
        problems.length > 0 ? problems : [{ message: `terraform ${parameters[0]} failed`, given: lastLines(all, 15) }],
        messages.flatMap(existingAddress),
      );
    }
    return messages;
  }

  private async output(directory: string, parameters: readonly string[]): Promise<string> {
    const { exitCode, stdout, all } = await this.run(directory, parameters);
    if (exitCode === 0) return stdout;
    throw new PlatformError('terraform', [
      { message: `terraform ${parameters.slice(0, 2).join(' ')} failed in ${directory}`, given: lastLines(all, 15) },
    ]);
  }

  private async run(directory: string, parameters: readonly string[]): Promise<TerraformOutput> {
    const { program, environment } = this.options;
    return await runTerraform(program, parameters, { directory, environment });
  }
}

/** An interrupted or crashed program leaves incomplete lines, or lines that are not JSON. */
function parseMessage(line: string): Message[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as Message];
  } catch {
    return [];
  }
}

/** In the working folder; exists only between a plan and its apply. */
const planFile = 'plan';

function plansChange({ type, outputs = {} }: Message): boolean {
  if (type === 'planned_change') return true;
  return type === 'outputs' && Object.values(outputs).some(({ action = 'noop' }) => action !== 'noop');
}

function warningOf({ diagnostic }: Message): string[] {
  if (diagnostic?.severity !== 'warning') return [];
  const { summary, detail = '' } = diagnostic;
  return [oneLine(detail === '' ? summary : `${summary}: ${detail}`)];
}

function problemOf({ diagnostic }: Message): Problem[] {
  if (diagnostic?.severity !== 'error') return [];
  const { summary, detail, address } = diagnostic;
  const given = [address, detail].filter((text) => text !== undefined && text !== '').join('\n');
  const text = `${summary}\n${detail ?? ''}`;
  return [{ message: oneLine(summary), ...(given !== '' && { given }), ...fixOf(text) }];
}

/** The provisioner can only create documents, so an existing document results in a refusal. */
const documentExists = /check-and-set parameter did not match|\/data\/[^/\s]+\/configs\s+Code: 403/;

function existingAddress({ diagnostic }: Message): string[] {
  if (diagnostic?.severity !== 'error' || diagnostic.address === undefined) return [];
  const text = `${diagnostic.summary}\n${diagnostic.detail ?? ''}`;
  return documentExists.test(text) || text.includes('path is already in use') ? [diagnostic.address] : [];
}

/** Fixes for errors whose message does not suggest one. */
function fixOf(text: string): Pick<Problem, 'fix'> {
  if (documentExists.test(text)) {
    return {
      fix: 'if the document already exists, set `keySet: existing` in the tenant’s file: it is never overwritten',
    };
  }
  if (/managed by newer provider version/i.test(text)) {
    return {
      fix: 'put back the state that this version wrote, terraform.tfstate.<versions> in the folder of the stack, or use the newer version',
    };
  }
  if (/static role [^]*error setting credentials/.test(text)) return fixOfStaticRole(text);
  if (text.includes('deletion is not allowed for this key')) {
    return {
      fix: 'the tenant’s access is removed, but its key is kept until you delete it: see docs/guides/platform.md, "Keys of a tenant that leaves"',
    };
  }
  if (text.includes('unable to resolve ARN')) {
    return {
      fix: 'set an access key of the auth method that may call iam:GetRole and iam:GetUser (npm run platform -- credential list), or write `resolveUniqueIds: false` for it in the cluster’s file',
    };
  }
  if (text.includes('permission denied')) {
    return {
      fix: 'the provisioner policy does not allow this: apply the platform stack of the cluster first; for a path that left the inventory see docs/guides/platform.md, "Removing an engine, an authority or an auth method"',
    };
  }
  if (/vault_transit_secret_backend_key\S* has lifecycle\.prevent_destroy/.test(text)) {
    return {
      fix: 'a key cannot be replaced, because data that it encrypted would be lost: add a key with a new name and keep this one',
    };
  }
  if (/vault_auth_backend\S* has lifecycle\.prevent_destroy/.test(text)) {
    return {
      fix: 'an auth method that leaves or gets another type needs an administrator: see docs/guides/platform.md, "Removing an engine, an authority or an auth method"',
    };
  }
  if (/Instance cannot be destroyed|prevent_destroy/.test(text)) {
    return { fix: 'this contains data and is protected: see docs/guides/platform.md, "Removing an environment"' };
  }
  return {};
}

/** The server returns the error of PostgreSQL or MySQL when it cannot change the password of the account. */
function fixOfStaticRole(text: string): Pick<Problem, 'fix'> {
  if (/password authentication failed|Access denied for user/.test(text)) {
    return {
      fix: 'set the password of the connection first, then apply again: npm run platform -- credential list',
    };
  }
  if (/permission denied|does not exist/.test(text)) {
    return {
      fix: 'create the account in the database, and allow the account of the connection to change its password',
    };
  }
  return {};
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const lastLines = (text: string, count: number): string => text.trimEnd().split('\n').slice(-count).join('\n');
