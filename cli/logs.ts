import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { PlatformError } from '../model/errors';
import { unknownName } from '../model/unknown-name';
import type { Context } from './context';
import { isNamed } from './find-part';
import { knownClusters } from './known-clusters';

export interface LogsOptions {
  /** Lines of each log to print first. */
  readonly lines: number;
  /** Whether to print new lines until interrupted. */
  readonly follow: boolean;
}

/** `platform logs [part]`: logs of servers and database, of one of them, or of one cluster. Each line starts with the name of its log. */
export async function logs(context: Context, part: string | undefined, options: LogsOptions): Promise<void> {
  const known = await knownClusters(context);
  const files = known.flatMap((cluster) =>
    Object.entries(cluster.cluster.logFiles).map(([log, file]) => ({
      name: known.length > 1 ? `${cluster.name}/${log}` : log,
      file,
      cluster,
    })),
  );
  const names = files.map(({ name }) => name);
  const chosen = files.filter(({ name, cluster }) => part === undefined || name === part || isNamed(cluster, part));
  if (chosen.length === 0) {
    throw new PlatformError('usage', [
      part === undefined || names.length === 0
        ? { message: 'there is no embedded cluster', fix: 'npm start' }
        : unknownName({ message: 'unknown log', given: part, known: [...names, ...known.map(({ name }) => name)] }),
    ]);
  }
  const width = Math.max(...chosen.map(({ name }) => name.length));
  const print = (name: string, text: string): void => {
    for (const line of text.split('\n')) if (line !== '') process.stdout.write(`${name.padEnd(width)}  ${line}\n`);
  };
  for (const { name, file } of chosen) {
    print(name, readIfThere(file).trimEnd().split('\n').slice(-options.lines).join('\n'));
  }
  if (options.follow) await follow(chosen, print);
}

async function follow(
  files: readonly { readonly name: string; readonly file: string }[],
  print: (name: string, text: string) => void,
): Promise<never> {
  const offsets = new Map(files.map(({ file }) => [file, sizeOf(file)]));
  for (;;) {
    for (const { name, file } of files) {
      const [from, to] = [offsets.get(file) ?? 0, sizeOf(file)];
      if (to > from) print(name, readRange(file, from, to));
      offsets.set(file, to);
    }
    await sleep(300);
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function readIfThere(file: string): string {
  return sizeOf(file) > 0 ? readFileSync(file, 'utf8') : '';
}

function readRange(file: string, from: number, to: number): string {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(to - from);
    readSync(handle, buffer, 0, buffer.length, from);
    return buffer.toString('utf8');
  } finally {
    closeSync(handle);
  }
}
