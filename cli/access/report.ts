import { writeFileSync } from 'node:fs';

import { accessReport } from '../../access/report/access-report';
import type { Context } from '../context';
import { loadAccess } from './load-access';
import { placedModels } from './placed-models';
import { renderReport, type ReportFormat } from './render-report';

/** Options of `access report`. */
export interface ReportOptions {
  readonly format: ReportFormat;
  /** File to write to. @default - standard output */
  readonly output?: string;
}

/** `access report`: everything that principals can do. @throws PlatformError */
export async function accessReportCommand(
  context: Context,
  place: string | undefined,
  options: ReportOptions,
): Promise<void> {
  const loaded = await loadAccess(context, place);
  const text = renderReport(accessReport(placedModels(loaded), loaded.title, Date.now()), options.format);
  if (options.output === undefined) process.stdout.write(text);
  else writeFileSync(options.output, text);
}
