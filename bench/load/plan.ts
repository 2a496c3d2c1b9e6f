import type { ProcessorTime } from './processor-time';

/** The three loads of the authentication service, which come all at once. */
export const loads = ['list and read', 'AppRole login', 'store, read, delete'] as const;
export type LoadName = (typeof loads)[number];

/** Requests a second of each load in production. */
export const wantedRates: Readonly<Record<LoadName, number>> = {
  'list and read': 300,
  'AppRole login': 160,
  'store, read, delete': 500,
};

export const environments = ['devel', 'stag', 'integ', 'ci', 'prod'] as const;

/** Documents in each environment that are listed and read. */
export const documentsPerEnvironment = 100;

/** Content of a document, about as long as a key set. */
export const documentText = 'x'.repeat(1000);

/** Mount of an environment's documents. */
export const documentMount = (environment: string): string => `v1/${environment}/kv`;

/** What a login gives: a token that is stored, or one that carries all it says in itself. */
export const tokenTypes = ['service', 'batch'] as const;
export type TokenType = (typeof tokenTypes)[number];

/** What an AppRole logs in with. Secret: it travels to the generator through a pipe only. */
export interface RoleCredentials {
  readonly role_id: string;
  readonly secret_id: string;
}

/** All that the generator needs to know of one run. */
export interface RunPlan {
  /** Folder of the documents that this run stores, below each mount. */
  readonly name: string;
  /** URLs of the nodes. */
  readonly addresses: readonly string[];
  /** Certificate of the authority, PEM. */
  readonly ca: string;
  readonly credentials: RoleCredentials;
  /** Requests a second of each load. */
  readonly rates: Readonly<Record<LoadName, number>>;
  /** Length of the part that counts. */
  readonly seconds: number;
  /** The servers and the database, if all of them will be there at the end. */
  readonly pids?: readonly number[];
}

export interface LoadResult {
  readonly name: LoadName;
  /** Requests a second that were due. */
  readonly wanted: number;
  /** Requests a second that were answered as they should be. */
  readonly held: number;
  /** Milliseconds from when a request was due to its answer; one without an answer counts with its age at the end. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly errors: number;
  /** Attempts that had to be repeated, because a node was gone or not active. */
  readonly repeated: number;
  /** Requests without an answer at the end. */
  readonly waiting: number;
}

export interface RunResult {
  readonly loads: readonly LoadResult[];
  /** What went wrong, without content, and how often. */
  readonly failures: Readonly<Record<string, number>>;
  /** Longest time in which no request was answered, in milliseconds. */
  readonly longestGap: number;
  /** Documents whose last acknowledged state was looked up after the run. */
  readonly verified: number;
  /** Paths of documents that are not as the server had acknowledged. */
  readonly lost: readonly string[];
  /** Cores that were kept busy in the part that counts, by whom. @default - a node was killed, and its part is not known */
  readonly cores?: ProcessorTime;
}
