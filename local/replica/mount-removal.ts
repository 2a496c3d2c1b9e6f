import type { ServerClient } from '../../client/server-client';
import { pathOf, tableOf, type RemovedMounts } from '../terraform/removed-mounts';
import { contentsOf } from './mount-contents';

/** An engine that left the inventory and stays on the server. */
export interface KeptMount {
  readonly path: string;
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
 * contents stays: only an administrator deletes it.
 */
export async function deleteRemovedMounts(admin: ServerClient, removed: RemovedMounts): Promise<MountRemoval> {
  const deleted: string[] = [];
  const kept: KeptMount[] = [];
  for (const mount of await removed.list()) {
    const contents = await contentsOf(admin, mount);
    if (contents !== undefined && contents.length > 0 && mount.kind === 'secret') {
      kept.push({ path: mount.path, contents });
      continue;
    }
    if (contents !== undefined) {
      await admin.delete(`${tableOf(mount)}/${mount.path}`);
      deleted.push(contents.length > 0 ? `${pathOf(mount)} with ${contents.join(', ')}` : pathOf(mount));
    }
    await removed.forget(mount);
  }
  return { deleted, kept };
}
