import { statSync, writeFileSync } from 'node:fs';

import { diffReport } from '../../access/report/diff-report';
import type { Comparison, Report } from '../../access/report/entry';
import { verdictOn } from '../../access/report/verdict';
import type { Server } from '../../access/servers';
import { diffModels } from '../../access/sets/diff-models';
import { PlatformError } from '../../model/errors';
import type { Context } from '../context';
import { loadAccess } from './load-access';
import { loadPlan } from './load-plan';
import { loadPolicies } from './load-policies';
import type { LoadedAccess } from './loaded-access';
import { placedModels } from './placed-models';
import { renderReport, type ReportFormat } from './render-report';

/** Options of `access diff`. */
export interface DiffOptions {
  readonly format: ReportFormat;
  /** File to write to. @default - standard output */
  readonly output?: string;
  /** Whether the two places are folders of bare policies. */
  readonly policies: boolean;
  /** Server that decides about bare policies. */
  readonly server: Server;
  /** Whether to exit with 2 if something is gained. */
  readonly exitCode: boolean;
}

/** `access diff`: compares the access of two places, or before and after one plan. @throws PlatformError */
export async function accessDiff(
  context: Context,
  before: string,
  after: string | undefined,
  options: DiffOptions,
): Promise<void> {
  if (options.policies && after === undefined) {
    throw new PlatformError('usage', [
      {
        message: 'two folders of policies are compared',
        given: before,
        fix: 'platform access diff --policies old/ new/',
      },
    ]);
  }
  const load = (place: string | undefined): LoadedAccess | Promise<LoadedAccess> =>
    options.policies && place !== undefined ? loadPolicies(place, options.server) : loadAccess(context, place);
  const plan = after === undefined && statSync(before, { throwIfNoEntry: false })?.isFile() === true;
  const loaded = plan ? await loadPlan(context, before) : { before: await load(before), after: await load(after) };
  const report = compareAccess(loaded.before, loaded.after, Date.now());
  const text = renderReport(report, options.format);
  if (options.output === undefined) process.stdout.write(text);
  else writeFileSync(options.output, text);
  if (options.exitCode && verdictOn(report).widened) process.exitCode = 2;
}

/** Compares what is loaded, one server after the other. @param now milliseconds since 1970 */
export function compareAccess(before: LoadedAccess, after: LoadedAccess, now: number): Report {
  const old = placedModels(before);
  const current = placedModels(after);
  const clusters = new Set([...old, ...current].map(({ model }) => model.cluster));
  const comparisons = [...clusters].flatMap((cluster): Comparison[] => {
    const was = old.find(({ model }) => model.cluster === cluster);
    const is = current.find(({ model }) => model.cluster === cluster);
    const one = was ?? is;
    if (one === undefined) return [];
    const nothing = { ...one.model, principals: [], policies: new Map() };
    const changes = diffModels(was?.model ?? nothing, is?.model ?? nothing, now);
    return [{ ...(was && { before: was }), ...(is && { after: is }), changes }];
  });
  return diffReport(comparisons, { before: before.title, after: after.title });
}
