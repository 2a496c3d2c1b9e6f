import type { Dialect } from '../../model/dialect';
import type { ProviderName } from './built-provider';
import { contextOf, type Context } from './context';
import { openbao } from './openbao';
import { postgresql } from './postgresql';
import type { PostgresqlProgram, Program, Progress, Providers, ToolboxOptions } from './program';
import { providers } from './providers';
import { terraform } from './terraform';
import { vault } from './vault';

/**
 * Finds the programs that the embedded cluster needs, and installs missing ones: by an explicit variable first, then on PATH,
 * then in the cache folder at a pinned version. Every method throws a PlatformError `toolbox` if a program is missing.
 */
export class Toolbox {
  private found?: Promise<Program>;

  constructor(private readonly options: ToolboxOptions) {}

  /** The server program: `bao` or `vault`. */
  public server(dialect: Dialect, progress: Progress): Promise<Program> {
    const programs = { openbao, vault } as const;
    return programs[dialect](this.context(progress));
  }

  public postgresql(progress: Progress): Promise<PostgresqlProgram> {
    return postgresql(this.context(progress));
  }

  /** Terraform 1.11 or newer, or OpenTofu 1.10 or newer. */
  public terraform(progress: Progress): Promise<Program> {
    this.found ??= terraform(this.context(progress)).catch((error: unknown) => {
      delete this.found;
      throw error;
    });
    return this.found;
  }

  /** Variables to add to the environment of a Terraform child, so that its `init` finds the providers that are wanted. */
  public async providers(progress: Progress, wanted: readonly ProviderName[] = ['vault']): Promise<Providers> {
    const { name } = await this.terraform(progress);
    return providers(name, wanted, this.context(progress));
  }

  private context(progress: Progress): Context {
    return contextOf(this.options, progress);
  }
}
