import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { compareVersions } from './version';

/** A provider in a filesystem mirror. */
export interface MirroredProvider {
  /** For example `registry.terraform.io/hashicorp/vault`. */
  readonly source: string;
  /** The versions for the platform asked for. */
  readonly versions: readonly string[];
}

/**
 * Reads a filesystem mirror, in both layouts that Terraform knows: `<source>/<version>/<platform>/` and
 * `<source>/terraform-provider-<type>_<version>_<platform>.zip`.
 *
 * @param platform - as Terraform names it, for example `linux_amd64`
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export async function readMirror(directory: string, platform: string): Promise<readonly MirroredProvider[]> {
  const providers: MirroredProvider[] = [];
  for (const host of await names(directory)) {
    for (const namespace of await names(path.join(directory, host))) {
      for (const type of await names(path.join(directory, host, namespace))) {
        const source = `${host}/${namespace}/${type}`;
        const versions = await versionsOf(path.join(directory, source), type, platform);
        if (versions.length > 0) providers.push({ source, versions });
      }
    }
  }
  return providers;
}

/** Versions from `oldest` up to, but not including, `below`. */
export interface VersionRange {
  readonly oldest: string;
  readonly below: string;
  /** Faulty ones. @default - none */
  readonly except?: readonly string[];
}

/** Does the provider exist in a version of this range? */
export function offers(
  providers: readonly MirroredProvider[],
  source: string,
  { oldest, below, except = [] }: VersionRange,
): boolean {
  return providers.some(
    (provider) =>
      provider.source === source &&
      provider.versions.some(
        (version) =>
          compareVersions(version, oldest) >= 0 && compareVersions(version, below) < 0 && !except.includes(version),
      ),
  );
}

async function versionsOf(directory: string, type: string, platform: string): Promise<readonly string[]> {
  const versions: string[] = [];
  for (const name of await names(directory)) {
    const packed = new RegExp(`^terraform-provider-${type}_(.+)_${platform}\\.zip$`).exec(name)?.[1];
    if (packed !== undefined) versions.push(packed);
    else if ((await names(path.join(directory, name))).includes(platform)) versions.push(name);
  }
  return versions;
}

/** Entries of a folder; empty if it is a file or not readable. */
const names = (directory: string): Promise<readonly string[]> => readdir(directory).catch(() => []);
