import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';

import { writePrivateFile } from '../../files/private-files';

/** Versions by product: of Terraform or OpenTofu, and of each provider. */
type Versions = Readonly<Record<string, string>>;

/** A change of versions since a stack was applied last. */
export interface VersionChange {
  /** For example `hashicorp/vault 4.4.0 → 5.11.0`. */
  readonly text: string;
  /** The products of before, for example `Terraform 1.11.4, hashicorp/vault 4.4.0`. */
  readonly before: string;
}

const fileName = 'versions.json';

/** Versions with which a working folder was applied, so that another version is planned before it is applied. */
export class AppliedVersions {
  /** @param program for example `Terraform 1.11.4` */
  constructor(
    private readonly directory: string,
    private readonly program: string,
  ) {}

  /** What changed since {@link record}. @returns undefined if nothing did, or nothing was recorded */
  public async change(): Promise<VersionChange | undefined> {
    const before = await this.recorded();
    if (before === undefined) return undefined;
    const now = await this.current();
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
    const changes = names.filter((name) => before[name] !== now[name]);
    if (changes.length === 0) return undefined;
    const show = (name: string): string => `${name} ${before[name] ?? 'none'} → ${now[name] ?? 'none'}`;
    const products = Object.entries(before).map(([name, version]) => `${name} ${version}`);
    return { text: changes.map(show).join(', '), before: products.join(', ') };
  }

  /** Records the versions that applied the stack. */
  public async record(): Promise<void> {
    writePrivateFile(path.join(this.directory, fileName), `${JSON.stringify(await this.current(), null, 2)}\n`);
  }

  /** Keeps a copy of the state as the former versions wrote it: a provider may write one that older versions refuse. */
  public async keepState(): Promise<void> {
    const versions = Object.entries((await this.recorded()) ?? {}).map(
      ([name, version]) => `${path.basename(name)}-${version}`,
    );
    const copy = path.join(this.directory, `terraform.tfstate.${versions.join('-').replaceAll(/[^\w.-]/g, '-')}`);
    const state = path.join(this.directory, 'terraform.tfstate');
    if (existsSync(state)) await copyFile(state, copy);
  }

  private async recorded(): Promise<Versions | undefined> {
    const text = await readFile(path.join(this.directory, fileName), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Versions);
  }

  /** @see https://developer.hashicorp.com/terraform/language/files/dependency-lock */
  private async current(): Promise<Versions> {
    const lock = await readFile(path.join(this.directory, '.terraform.lock.hcl'), 'utf8').catch(() => '');
    const providers = [...lock.matchAll(/^provider "[^"/]+\/([^"]+)" \{\n\s+version\s+= "([^"]+)"/gm)];
    const [name = '', version = ''] = this.program.split(' ');
    return { [name]: version, ...Object.fromEntries(providers.map(([, source = '', found = '']) => [source, found])) };
  }
}
