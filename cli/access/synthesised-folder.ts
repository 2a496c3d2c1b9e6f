import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { AccessModel } from '../../access/principals/access-model';
import { accessModels, type StackOrigin } from '../../access/principals/from-terraform';
import { serverOf } from '../../access/servers';
import { PlatformError, type Problem } from '../../model/errors';
import type { StackOrigin as ManifestOrigin } from '../../model/stack-origin';
import { clusterTokens } from './loaded-access';

/** What the manifest says about a stack, as far as it is used. */
interface ManifestStack {
  readonly name: string;
  readonly synthesizedStackPath: string;
  /** Absent if another version of this project wrote the folder. */
  readonly origin?: ManifestOrigin;
}

/** File that `npm run synth` writes beside the folder of the stacks. */
export const manifestFile = 'manifest.json';

/**
 * Models of the clusters of a folder that `npm run synth` wrote.
 *
 * @throws PlatformError `usage` if files are missing, or were written by a version that did not name the clusters
 */
export function readSynthesised(directory: string): readonly AccessModel[] {
  const manifest = readJson(path.join(directory, manifestFile)) as { readonly stacks?: Record<string, ManifestStack> };
  const stacks = Object.values(manifest.stacks ?? {});
  const origins = new Map(stacks.map(({ name, origin }) => [name, origin && stackOrigin(origin)]));
  const unknown = stacks.filter(({ origin }) => origin === undefined).map(({ name }) => name);
  if (unknown.length > 0) {
    throw unusable({
      message: 'the manifest does not name the clusters of the stacks',
      given: unknown.slice(0, 5).join(', '),
      file: path.join(directory, manifestFile),
      fix: 'synthesise the inventory again: npm run synth',
    });
  }
  return accessModels(
    stacks.map(({ name, synthesizedStackPath }) => ({
      name,
      json: readJson(path.join(directory, synthesizedStackPath)),
    })),
    { originOf: (stack) => origins.get(stack), tokens: clusterTokens },
  );
}

/** The server of a stack by its entry in the manifest. */
export const stackOrigin = ({ cluster, dialect, environment, team }: ManifestOrigin): StackOrigin => ({
  cluster,
  server: serverOf[dialect],
  ...(environment !== undefined && team !== undefined && { share: { environment, team } }),
});

/** A file in JSON. @throws PlatformError `usage` if it cannot be read or understood */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const message = `this cannot be read as JSON: ${(error as Error).message}`;
    throw unusable({
      file,
      message,
      fix: 'name a folder that `npm run synth` wrote, or a plan of `terraform show -json`',
    });
  }
}

const unusable = (problem: Problem): PlatformError => new PlatformError('usage', [problem]);
