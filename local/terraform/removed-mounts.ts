import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { databasePlugins, type DatabasePlugin } from '../../model/environment/engines';
import { PlatformError } from '../../model/errors';
import { findMoves, type StackResources } from '../../synthesis/moves';
import type { StackRunner } from './stack-runner';
import { StateFile } from './state-file';

/** An engine, an auth method, or a connection of a database engine, which has the only copy of its password. */
export interface RemovedMount {
  readonly kind: 'auth' | 'secret' | 'connection';
  /** Path of the mount, for an auth method below `auth/`; or of the connection. */
  readonly path: string;
  /** The server's type: `transit`, `pki`, `jwt`, …; for a connection its plugin. */
  readonly type: string;
}

/** Path of the API of what is in a mount, or of the connection. */
export const pathOf = ({ kind, path: at }: RemovedMount): string => (kind === 'auth' ? `auth/${at}` : at);

/** Path of the API of the mount itself, or of the connection; below it is the tuning. */
export const objectPathOf = ({ kind, path: at }: RemovedMount): string =>
  kind === 'connection' ? at : `${kind === 'auth' ? 'sys/auth' : 'sys/mounts'}/${at}`;

export interface RemovedMountsOptions {
  readonly runner: StackRunner;
  /** Folder that gets a state for each removed mount and each stack that loses resources with it. */
  readonly directory: string;
  /** Stacks that create the mounts of the cluster. */
  readonly mountStacks: readonly string[];
}

/** Mounts that left the inventory, or came back, since the last start. */
export interface MountChanges {
  readonly left: readonly RemovedMount[];
  readonly back: readonly RemovedMount[];
  /** Auth methods whose path the inventory gives to a method of another type: the server must delete them first. */
  readonly replaced: readonly RemovedMount[];
}

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Mounts that are on the server and not in the inventory. Their resources, and those of roles and keys in them, are in states of their
 * own: Terraform could neither read nor delete them, because the policy of the provisioner covers the inventory only. The resources
 * return to the states of their stacks together with the mount.
 */
export class RemovedMounts {
  constructor(private readonly options: RemovedMountsOptions) {}

  /**
   * Moves resources between the states of the stacks and those of removed mounts.
   *
   * @throws PlatformError `terraform` if a state is damaged, or if a connection has another plugin now
   */
  public async update(): Promise<MountChanges> {
    const { runner, mountStacks } = this.options;
    const synthesised = runner.synthesised();
    const mounts = mountStacks.flatMap((stack) => mountsOf(synthesised.get(stack) ?? new Map()));
    const isPresent = (mount: RemovedMount): boolean => mounts.some((other) => isSame(mount, other));
    const states = await runner.states();
    const found = await Promise.all([...states.values()].map(async (state) => mountsOf(await state.resources())));
    const before = await this.all();
    refuseOtherPlugins([...before, ...found.flat()], mounts);
    const waiting = before.filter((mount) => !isPresent(mount));
    const left = found.flat().filter((mount) => !isPresent(mount));
    const removed = [...waiting, ...left];
    // What leaves goes first: what comes back may have its address, such as a role of the same name in another mount.
    for (const [stack, state] of states) {
      for (const mount of [...outermost(removed), ...removed]) await this.keep(stack, state, mount);
    }
    await this.restore(mounts, removed, synthesised);
    const replaced = removed.filter(({ kind, path: at }) =>
      mounts.some((other) => kind === other.kind && at === other.path),
    );
    return { left: outermost(left), back: outermost(before.filter(isPresent)), replaced };
  }

  /** Every mount that is still on the server, as far as the states show; auth methods first, sorted. @throws PlatformError `terraform` if one is damaged */
  public async list(): Promise<RemovedMount[]> {
    return outermost(await this.all());
  }

  /** Removes a mount that is no longer on the server, and everything in it. @throws PlatformError `terraform` if a state is damaged */
  public async forget(mount: RemovedMount): Promise<void> {
    for (const { file, state } of await this.kept()) {
      const addresses = await resourcesIn(state, [mount]);
      if (addresses.size === (await state.resources()).size) {
        for (const each of [file, `${file}.backup`]) await rm(each, { force: true });
      } else if (addresses.size > 0) await state.remove(addresses);
    }
  }

  /** Moves what a stack has in a mount to the state of that mount. */
  private async keep(stack: string, state: StateFile, mount: RemovedMount): Promise<void> {
    const addresses = await resourcesIn(state, [mount]);
    if (addresses.size === 0) return;
    await mkdir(this.options.directory, { recursive: true, mode: 0o700 });
    await state.move(addresses, new StateFile(this.file(`${stack}${separator}${encodeURIComponent(pathOf(mount))}`)));
  }

  private async all(): Promise<RemovedMount[]> {
    const found: RemovedMount[] = [];
    for (const { state } of await this.kept()) found.push(...mountsOf(await state.resources()));
    return found;
  }

  /** Each resource returns to its stack, or to another one that has it now, as after a team was renamed. */
  private async restore(
    mounts: readonly RemovedMount[],
    removed: readonly RemovedMount[],
    synthesised: ReadonlyMap<string, StackResources>,
  ): Promise<void> {
    for (const { stack, state } of await this.kept()) {
      const resources = await state.resources();
      const outside = await resourcesIn(state, removed);
      const inside = [...(await resourcesIn(state, mounts))].filter((address) => !outside.has(address));
      const back = new Map(inside.map((address) => [address, resources.get(address) ?? {}]));
      const moves = findMoves(new Map([[stack, back]]), synthesised);
      const targets = new Map(moves.flatMap(({ to, addresses }) => addresses.map((address) => [address, to])));
      for (const [address, attributes] of back) {
        const isListed = synthesised.get(stack)?.has(address) === true;
        // The server refuses to delete such a key. It stays until the inventory lists it again.
        if (targets.has(address) || (!isListed && attributes.deletion_allowed === false)) continue;
        // The stack of the mount deletes what left the inventory with its stack.
        const target = synthesised.has(stack) ? stack : this.stackOfMount(address, attributes, synthesised);
        if (target !== undefined) targets.set(address, target);
      }
      for (const target of new Set(targets.values())) {
        const addresses = [...targets].flatMap(([address, to]) => (to === target ? [address] : []));
        await this.options.runner.receive(target, state, new Set(addresses));
      }
    }
  }

  private stackOfMount(
    address: string,
    attributes: Attributes,
    synthesised: ReadonlyMap<string, StackResources>,
  ): string | undefined {
    return this.options.mountStacks.find((stack) =>
      mountsOf(synthesised.get(stack) ?? new Map()).some((mount) => isInMount(address, attributes, mount)),
    );
  }

  /** States of removed mounts. Earlier versions had one for each stack. */
  private async kept(): Promise<KeptState[]> {
    const files = await readdir(this.options.directory).catch(() => []);
    const names = files.filter((file) => file.endsWith(extension)).map((file) => file.slice(0, -extension.length));
    return names.map((name) => {
      const file = this.file(name);
      return { stack: name.split(separator)[0] ?? name, file, state: new StateFile(file) };
    });
  }

  private file(name: string): string {
    return path.join(this.options.directory, `${name}${extension}`);
  }
}

/** What a stack had in a removed mount. */
interface KeptState {
  readonly stack: string;
  readonly file: string;
  readonly state: StateFile;
}

const extension = '.tfstate';
/** No name of a stack contains it. */
const separator = '@';

const keyOf = ({ kind, path, type }: RemovedMount): string => `${kind} ${path} ${type}`;
const isSame = (one: RemovedMount, other: RemovedMount): boolean => keyOf(one) === keyOf(other);

/** Without connections of engines that are in the list, in order. */
const outermost = (mounts: readonly RemovedMount[]): RemovedMount[] =>
  mounts
    .filter(
      ({ path: at }) => !mounts.some(({ kind, path: engine }) => kind === 'secret' && at.startsWith(`${engine}/`)),
    )
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));

function mountsOf(resources: StackResources): RemovedMount[] {
  return [...resources].flatMap(([address, given]): RemovedMount[] => {
    const { path, type, name } = given;
    if (address.startsWith(connections)) {
      const engine = resources.get(mountReference.exec(String(given.backend))?.[1] ?? '')?.path ?? given.backend;
      return [{ kind: 'connection', path: connectionPath(engine, name), type: pluginOf(given) }];
    }
    if (typeof path !== 'string' || typeof type !== 'string') return [];
    if (address.startsWith('vault_mount.')) return [{ kind: 'secret', path, type }];
    return address.startsWith('vault_auth_backend.') ? [{ kind: 'auth', path, type }] : [];
  });
}

const connections = 'vault_database_secret_backend_connection.';
const connectionPath = (engine: unknown, name: unknown): string => `${String(engine)}/config/${String(name)}`;

/** JSON has the settings of one plugin, a state has an empty list for each other one. */
const pluginOf = (given: Attributes): DatabasePlugin | 'unknown' =>
  databasePlugins.find((plugin) => {
    const settings = given[plugin];
    return Array.isArray(settings) ? settings.length > 0 : settings !== undefined;
  }) ?? 'unknown';

/** The server would keep settings and the password of the other database. */
function refuseOtherPlugins(known: readonly RemovedMount[], wanted: readonly RemovedMount[]): void {
  const problems = wanted.flatMap(({ kind, path: at, type }) => {
    const former = known.find((one) => kind === 'connection' && one.path === at && one.type !== type);
    if (former === undefined) return [];
    const message = `the connection ${at} cannot change from ${former.type} to ${type}`;
    return [{ message, fix: 'write the new connection under another name, and remove this one' }];
  });
  if (problems.length > 0) throw new PlatformError('terraform', problems);
}

/** In JSON, the path of an engine is a reference to its mount. */
const mountReference = /^\$\{(vault_mount\.[^.]+)\.path\}$/;

/** Addresses of these mounts and of everything in them. */
async function resourcesIn(state: StateFile, mounts: readonly RemovedMount[]): Promise<ReadonlySet<string>> {
  const resources = [...(await state.resources())];
  const requests = new Map(
    resources.flatMap(([address, { csr, backend }]) =>
      address.startsWith(certificateRequests) ? [[csr, backend]] : [],
    ),
  );
  const isIn = ([address, attributes]: readonly [string, Attributes]): boolean => {
    // A signature belongs to the authority that requested it, not to its signer, whose mount its `backend` is.
    const backend = address.startsWith(signatures) ? requests.get(attributes.csr) : attributes.backend;
    return mounts.some((mount) => isInMount(address, { ...attributes, backend }, mount));
  };
  return new Set(resources.filter(isIn).map(([address]) => address));
}

const certificateRequests = 'vault_pki_secret_backend_intermediate_cert_request.';
const signatures = 'vault_pki_secret_backend_root_sign_intermediate.';

function isInMount(address: string, { backend, mount, name, path }: Attributes, removed: RemovedMount): boolean {
  const { kind, path: at } = removed;
  if (kind === 'connection') {
    return path === at || (address.startsWith(connections) && connectionPath(backend, name) === at);
  }
  // A quota has the path of a mount and is not in it: Terraform deletes it.
  if (address.startsWith('vault_quota_')) return false;
  if (/^vault_(mount|auth_backend)\./.test(address)) {
    return path === at && address.startsWith('vault_mount.') === (kind === 'secret');
  }
  const prefixes = [`${pathOf(removed)}/`, `${objectPathOf(removed)}/`];
  if (typeof path === 'string' && prefixes.some((prefix) => path.startsWith(prefix))) return true;
  return address.includes('_auth_backend_') === (kind === 'auth') && (backend === at || mount === at);
}
