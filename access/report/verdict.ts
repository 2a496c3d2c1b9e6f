import { count } from './count';
import { dangerLevels, type DangerLevel } from './danger-level';
import type { Direction, Report } from './entry';

/** What a difference comes down to. */
export interface Verdict {
  /** Whether a path is gained, or allowed under other conditions, which can be weaker. */
  readonly widened: boolean;
  /** One sentence, for example `No access is widened.` */
  readonly title: string;
  /** A second sentence: what this means. */
  readonly detail: string;
}

/** Entries by direction, and those that are gained or held by danger. */
export interface Counts {
  readonly directions: Readonly<Record<Direction, number>>;
  readonly levels: Readonly<Record<DangerLevel, number>>;
}

/** Counts the entries of a report. */
export function countEntries({ entries }: Report): Counts {
  const directions = { gained: 0, changed: 0, lost: 0, held: 0 };
  const levels = Object.fromEntries(dangerLevels.map((level) => [level, 0])) as Record<DangerLevel, number>;
  for (const { direction, danger } of entries) {
    directions[direction] += 1;
    if (direction !== 'lost') levels[danger.level] += 1;
  }
  return { directions, levels };
}

/** Sums up a report in two sentences. */
export function verdictOn(report: Report): Verdict {
  const { directions, levels } = countEntries(report);
  const holders = (direction: Direction): number =>
    new Set(
      report.entries.filter((e) => e.direction === direction).map(({ holder: h }) => `${h.cluster ?? ''} ${h.id}`),
    ).size;
  const examined = count(report.principals, 'principal');
  if (report.kind === 'access') {
    return {
      widened: false,
      title: `${examined}, ${count(report.entries.length, 'permission')}.`,
      detail: levelsInWords(levels),
    };
  }
  if (directions.gained > 0) {
    return {
      widened: true,
      title: `${count(holders('gained'), 'principal')} ${holders('gained') === 1 ? 'gains' : 'gain'} access.`,
      detail: `${levelsInWords(levels)} ${examined} compared on all paths and operations.${notProven(report)}`,
    };
  }
  const wider = report.entries.filter((entry) => entry.direction === 'changed' && !entry.isNarrower).length;
  if (wider > 0) {
    return {
      widened: true,
      title: 'No path is gained, but conditions change.',
      detail: `${count(wider, 'access', 'accesses')} under other parameters or wrapping TTLs: not proven to be narrower.`,
    };
  }
  const lost =
    directions.lost > 0
      ? ` ${count(holders('lost'), 'principal')} ${holders('lost') === 1 ? 'loses' : 'lose'} access.`
      : '';
  if (report.gaps.length > 0) {
    return {
      widened: false,
      title: 'No access is widened, as far as it is known.',
      detail: `Not proven: ${count(report.gaps.length, 'thing is', 'things are')} not part of the comparison.${lost}`,
    };
  }
  return {
    widened: false,
    title: 'No access is widened.',
    detail: `Proven for ${examined} on all paths and operations.${lost}`,
  };
}

const notProven = ({ gaps }: Report): string =>
  gaps.length === 0 ? '' : ` ${count(gaps.length, 'thing is', 'things are')} not part of the comparison.`;

function levelsInWords(levels: Counts['levels']): string {
  const parts = dangerLevels
    .filter((level) => levels[level] > 0)
    .map((level) => `${levels[level].toLocaleString('en')} ${level}`);
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}
