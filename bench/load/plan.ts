import type { ProcessorTime } from './processor-time';

/** The three loads of the authentication service, which run at the same time. */
export const loads = ['list and read', 'AppRole login', 'store, read, delete'] as const;
export type LoadName = (typeof loads)[number];

/** Requests per second of each load in production. */
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

/** Types of tokens: a service token is stored by the server, a batch token is self-contained. */
export const tokenTypes = ['service', 'batch'] as const;
export type TokenType = (typeof tokenTypes)[number];

/** Credentials of an AppRole. Secret: passed to the generator through a pipe only. */
export interface RoleCredentials {
  readonly role_id: string;
  readonly secret_id: string;
}

/** Parameters of one run for the generator. */
export interface RunPlan {
  /** Folder of the documents that this run stores, below each mount. */
  readonly name: string;
  /** URLs of the nodes. */
  readonly addresses: readonly string[];
  /** CA certificate of the servers, PEM. */
  readonly ca: string;
  readonly credentials: RoleCredentials;
  /** Requests per second of each load. */
  readonly rates: Readonly<Record<LoadName, number>>;
  /** Duration of the measurement. */
  readonly seconds: number;
  /** Processes of the servers and the database, if none of them is killed during the run. */
  readonly pids?: readonly number[];
}

export interface LoadResult {
  readonly name: LoadName;
  /** Requests per second that were due. */
  readonly wanted: number;
  /** Requests per second with the expected response. */
  readonly held: number;
  /** Milliseconds from the due time to the response; for a request without a response, its age at the end. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly errors: number;
  /** Retries, because a node was down or not active. */
  readonly repeated: number;
  /** Requests without a response at the end. */
  readonly waiting: number;
}

export interface RunResult {
  readonly loads: readonly LoadResult[];
  /** Number of failures by reason, without content. */
  readonly failures: Readonly<Record<string, number>>;
  /** Longest time without a response, in milliseconds. */
  readonly longestGap: number;
  /** Number of documents whose acknowledged state was verified after the run. */
  readonly verified: number;
  /** Paths of documents whose state differs from the acknowledged one. */
  readonly lost: readonly string[];
  /** Busy cores during the measurement, by process. @default - unknown, because a node was killed */
  readonly cores?: ProcessorTime;
}
