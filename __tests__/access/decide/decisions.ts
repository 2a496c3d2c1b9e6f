import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import type { Operation } from '../../../access/decide/request';
import type { ParameterValue } from '../../../access/policy/policy';
import type { Server } from '../../../access/servers';

/** Servers whose decisions are recorded, by the key of a line. */
export const recordedServers = { openbao: 'openbao-2.7', vault: 'vault-1.21' } as const satisfies Record<
  string,
  Server
>;
export type RecordedServer = keyof typeof recordedServers;

/** A request that both servers decided. */
export interface DecisionLine {
  readonly kind: 'case';
  readonly id: string;
  readonly family: string;
  readonly policies: readonly { readonly name: string; readonly text: string }[];
  readonly operation: Operation;
  readonly path: string;
  readonly parameters: Readonly<Record<string, ParameterValue>> | null;
  readonly wrap_ttl: number | null;
  readonly exists: boolean | null;
  readonly openbao: { readonly allowed: boolean };
  readonly vault: { readonly allowed: boolean };
}

/** A text that at least one server refused to store. */
export interface RefusalLine {
  readonly kind: 'policy';
  readonly id: string;
  readonly family: string;
  readonly text: string;
  readonly openbao: { readonly stored: boolean };
  readonly vault: { readonly stored: boolean };
}

export type RecordedLine = DecisionLine | RefusalLine;

const everything = path.join('..', 'shared', 'data', 'acl', 'decisions.ndjson.gz');
/** Some of them, committed. */
export const sampleFile = path.join('__tests__', 'access', 'decide', 'decisions-sample.ndjson');

/** All recorded decisions if they are beside this repository, otherwise a sample of them. */
export function recordedDecisions(): { readonly source: string; readonly lines: RecordedLine[] } {
  const source = existsSync(everything) ? everything : sampleFile;
  const bytes = readFileSync(source);
  const text = source === everything ? gunzipSync(bytes).toString() : bytes.toString();
  const lines = text.split('\n').filter((line) => line !== '');
  return { source, lines: lines.map((line) => JSON.parse(line) as RecordedLine) };
}
