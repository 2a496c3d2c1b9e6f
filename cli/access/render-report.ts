import { csvReport } from '../../access/report/csv';
import type { Report } from '../../access/report/entry';
import { htmlReport } from '../../access/report/html';
import { jsonReport } from '../../access/report/json';
import { markdownReport } from '../../access/report/markdown';
import { printReport } from './print-report';

/** Formats of a report. */
export const reportFormats = ['text', 'markdown', 'html', 'json', 'csv'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** A report in a format. */
export function renderReport(report: Report, format: ReportFormat): string {
  switch (format) {
    case 'text':
      return printReport(report);
    case 'markdown':
      return markdownReport(report);
    case 'html':
      return htmlReport(report);
    case 'json':
      return `${JSON.stringify(jsonReport(report), undefined, 2)}\n`;
    case 'csv':
      return csvReport(report);
  }
}
