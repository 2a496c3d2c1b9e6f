/** Reports progress, for example `downloading OpenBao 2.7.2 (75 MB)`. */
export type Progress = (message: string) => void;

/** An installed program with an acceptable version. */
export interface Program {
  /** Name, for example `OpenBao`. */
  readonly name: string;
  /** Version as the program prints it, without a leading `v`. */
  readonly version: string;
  /** Absolute path of the executable. */
  readonly path: string;
  /** Where it was found: by an environment variable, on PATH, in the cache folder, or just installed there. */
  readonly origin: 'environment' | 'path' | 'cache' | 'installed';
}

/** PostgreSQL: `path` is its `postgres`. */
export interface PostgresqlProgram extends Program {
  /** Folder with `initdb`, `pg_ctl` and `postgres`. */
  readonly binDirectory: string;
  /** User that PostgreSQL runs as, because it refuses root. @default - the current user */
  readonly runAs?: { readonly uid: number; readonly gid: number; readonly name: string };
}

/** How a Terraform child finds its providers. */
export interface Providers {
  /** Variables to add to the environment of the child; may be empty. */
  readonly environment: Readonly<Record<string, string>>;
  /** Description of the sources of the providers. */
  readonly description: string;
}

export interface ToolboxOptions {
  /** Environment of the user: `VAULT_PLATFORM_*`, PATH, and the settings of the package clients. */
  readonly environment: NodeJS.ProcessEnv;
  /** Absolute folder that installed programs go into. @default - `VAULT_PLATFORM_CACHE`, else `vault-platform` in the user's cache folder */
  readonly cacheDirectory?: string;
  /** The root of this project, whose `node_modules` holds PostgreSQL. */
  readonly projectDirectory: string;
}
