import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { readResources, stackFile } from '../../synthesis/synthesised';
import type { StateFile } from './state-file';

/** Terraform reads it beside the JSON of the stack. */
const importsFile = 'recovery.tf.json';

/**
 * Adds objects to a state that an interrupted run created on the server but did not save: mounts and auth methods by an import of the
 * next apply, documents directly, because the provider cannot import them.
 *
 * @param directory working folder with the JSON of the stack
 * @param addresses resources that exist on the server
 */
export async function adopt(directory: string, state: StateFile, addresses: readonly string[]): Promise<void> {
  const resources = readResources(path.join(directory, stackFile));
  const imports: { to: string; id: string }[] = [];
  for (const address of addresses) {
    const given = resources.get(address);
    if (typeof given?.path !== 'string' || given.path.includes('${')) continue;
    if (address.startsWith('vault_generic_endpoint.')) {
      const provider = await vaultProvider(directory);
      const settings = Object.fromEntries(Object.entries(given).filter(([key]) => key in documentDefaults));
      await state.add(address, provider, { ...documentDefaults, ...settings, id: given.path });
    } else imports.push({ to: address, id: given.path });
  }
  await writeFile(path.join(directory, importsFile), `${JSON.stringify({ import: imports })}\n`, { mode: 0o600 });
}

/** Removes what {@link adopt} left beside the JSON of the stack. */
export async function endRecovery(directory: string): Promise<void> {
  await rm(path.join(directory, importsFile), { force: true });
}

/** Attributes of a document, with what the JSON leaves out. */
const documentDefaults = {
  data_json: '{}',
  disable_delete: false,
  disable_read: false,
  ignore_absent_fields: false,
  namespace: null,
  path: '',
  write_data: {},
  write_data_json: '{}',
  write_fields: null,
};

/** The address of the provider, as states contain it; it depends on the program. */
async function vaultProvider(directory: string): Promise<string> {
  const lock = await readFile(path.join(directory, '.terraform.lock.hcl'), 'utf8');
  const source = /provider "([^"]+\/hashicorp\/vault)"/.exec(lock)?.[1] ?? 'registry.terraform.io/hashicorp/vault';
  return `provider["${source}"]`;
}
