import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';

import { PlatformError } from '../../model/errors';
import type { StackResources } from '../../synthesis/moves';

/** An entry of a state: a resource with its instances. */
interface StateResource {
  readonly mode: string;
  readonly module?: string;
  readonly type: string;
  readonly name: string;
  readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/** The parts of a state, version 4, that are used here; the others are kept. */
interface State {
  readonly version: number;
  readonly serial: number;
  readonly lineage: string;
  readonly outputs: unknown;
  readonly resources: readonly StateResource[];
}

const newState = (): State => ({ version: 4, serial: 0, lineage: randomUUID(), outputs: {}, resources: [] });

/** @returns undefined for a text that is no state of version 4 */
function parseState(text: string): State | undefined {
  try {
    const state = JSON.parse(text) as State | null;
    return state?.version === 4 && Array.isArray(state.resources) ? state : undefined;
  } catch {
    return undefined;
  }
}

const addressOf = ({ type, name }: StateResource): string => `${type}.${name}`;
/** The provider's id of the object on the server. */
const idOf = ({ instances }: StateResource): unknown => instances?.[0]?.attributes?.id;
/** Ends the address of an object that another one replaced. */
const former = 'former';
const isOwn = ({ mode, module }: StateResource): boolean => mode === 'managed' && module === undefined;
const isOneOf =
  (addresses: ReadonlySet<string>) =>
  (resource: StateResource): boolean =>
    isOwn(resource) && addresses.has(addressOf(resource));

/**
 * A local state of Terraform or OpenTofu. `terraform state mv` moves one resource in a quarter of a second; a team has thousands. Both
 * files are therefore changed here, each by a rename, the receiving one first: an interrupted move leaves a resource in both.
 *
 * @see https://developer.hashicorp.com/terraform/language/state
 */
export class StateFile {
  constructor(private readonly file: string) {}

  /** Managed resources with the attributes of their only instance; none if there is no file. @throws PlatformError `terraform` */
  public async resources(): Promise<StackResources> {
    const { resources = [] } = (await this.read()) ?? {};
    return new Map(
      resources.filter(isOwn).map((resource) => [addressOf(resource), resource.instances?.[0]?.attributes ?? {}]),
    );
  }

  /**
   * Moves resources to another state. Those that it has already are only removed here. If it has another object at an address, the moved one
   * gets an address that no configuration has, so that Terraform deletes it.
   *
   * @throws PlatformError `terraform`
   */
  public async move(addresses: ReadonlySet<string>, target: StateFile): Promise<void> {
    const source = await this.read();
    if (source === undefined) return;
    const isMoved = isOneOf(addresses);
    const receiver = (await target.read()) ?? newState();
    const known = new Map(receiver.resources.filter(isOwn).map((resource) => [addressOf(resource), idOf(resource)]));
    const added = source.resources.filter(isMoved).flatMap((resource): StateResource[] => {
      const address = addressOf(resource);
      if (!known.has(address)) return [resource];
      const name = `${resource.name}_${former}`;
      const isThere = known.get(address) === idOf(resource) || known.has(addressOf({ ...resource, name }));
      return isThere ? [] : [{ ...resource, name }];
    });
    await target.write({ ...receiver, resources: [...receiver.resources, ...added] });
    await this.write({ ...source, resources: source.resources.filter((resource) => !isMoved(resource)) });
  }

  /** Removes resources, which stay on the server. @throws PlatformError `terraform` */
  public async remove(addresses: ReadonlySet<string>): Promise<void> {
    const state = await this.read();
    if (state === undefined) return;
    const isRemoved = isOneOf(addresses);
    await this.write({ ...state, resources: state.resources.filter((resource) => !isRemoved(resource)) });
  }

  /** Adds a resource, unless it is there. @throws PlatformError `terraform` */
  public async add(address: string, provider: string, attributes: Readonly<Record<string, unknown>>): Promise<void> {
    const state = (await this.read()) ?? newState();
    const [type = '', name = ''] = address.split('.');
    if (state.resources.some(isOneOf(new Set([address])))) return;
    const resource = { mode: 'managed', type, name, provider, instances: [{ schema_version: 0, attributes }] };
    await this.write({ ...state, resources: [...state.resources, resource] });
  }

  /**
   * Replaces a damaged state by the state before the last change, or by none if there was none. The damaged file is kept beside it.
   *
   * @returns whether it was damaged
   */
  public async repair(): Promise<boolean> {
    if (!existsSync(this.file) || parseState(await readFile(this.file, 'utf8')) !== undefined) return false;
    await rename(this.file, `${this.file}.damaged`);
    const backup = await readFile(`${this.file}.backup`, 'utf8').catch(() => '');
    if (parseState(backup) !== undefined) await writeFile(this.file, backup, { mode: 0o600 });
    return true;
  }

  private async read(): Promise<State | undefined> {
    if (!existsSync(this.file)) return undefined;
    const text = await readFile(this.file, 'utf8');
    const state = parseState(text);
    if (state !== undefined) return state;
    throw new PlatformError('terraform', [
      {
        message: 'this state of Terraform is damaged',
        file: this.file,
        given: text === '' ? 'an empty file' : `${text.length} characters that are not a state of version 4`,
        fix: `restore a backup of it: ${this.file}.backup is the state before the last change`,
      },
    ]);
  }

  private async write(state: State): Promise<void> {
    const text = `${JSON.stringify({ ...state, serial: state.serial + 1 }, null, 2)}\n`;
    if (existsSync(this.file)) await copyFile(this.file, `${this.file}.backup`);
    await writeFile(`${this.file}.new`, text, { mode: 0o600 });
    await rename(`${this.file}.new`, this.file);
  }
}
