import type { ServerClient } from '../../client/server-client';
import { objectPathOf, pathOf, type RemovedMount, type RemovedMounts } from '../terraform/removed-mounts';
import { contentsOf } from './mount-contents';

/** An engine or a connection that left the inventory and stays on the server. */
export interface KeptMount extends Pick<RemovedMount, 'kind' | 'path'> {
  /** What would be lost with it, for example `2 keys`. */
  readonly contents: readonly string[];
}

export interface MountRemoval {
  /** Deleted mounts, each with what was in it. */
  readonly deleted: readonly string[];
  readonly kept: readonly KeptMount[];
}

/**
 * Deletes auth methods that left the inventory, so that no one can log in with them, and engines that contain nothing. An engine with
 * contents stays, and so does a connection: only an administrator deletes them.
 *
 * @param mounts of the removed ones
 */
export async function deleteRemovedMounts(
  admin: ServerClient,
  removed: RemovedMounts,
  mounts: readonly RemovedMount[],
): Promise<MountRemoval> {
  const deleted: string[] = [];
  const kept: KeptMount[] = [];
  for (const mount of mounts) {
    const contents = await contentsOf(admin, mount);
    if (contents !== undefined && contents.length > 0 && mount.kind !== 'auth') {
      kept.push({ kind: mount.kind, path: mount.path, contents });
      continue;
    }
    if (contents !== undefined) {
      await admin.delete(objectPathOf(mount));
      deleted.push(contents.length > 0 ? `${pathOf(mount)} with ${contents.join(', ')}` : pathOf(mount));
    }
    await removed.forget(mount);
  }
  return { deleted, kept };
}

/** A removal in words, for example `deleted auth/ci with 1 role; kept v1/demo/transit with 2 keys`. */
export const describeRemoval = ({ deleted, kept }: MountRemoval): string =>
  [
    ...deleted.map((text) => `deleted ${text}`),
    ...kept.map(({ path, contents }) => `kept ${path} with ${contents.join(', ')}`),
  ].join('; ');
