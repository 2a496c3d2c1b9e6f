import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';

/** Processor time in seconds since some point in the past; what one does with two of them is subtract. */
export interface ProcessorTime {
  /** Of the servers and the database. */
  readonly cluster: number;
  /** Of this process. */
  readonly generator: number;
  /** Of everything on this machine, this included. */
  readonly machine: number;
}

/**
 * Who has used the processors, so that a table from a busy machine is not taken for one from an idle machine.
 * @param pids the servers and the database; their children are counted too
 */
export function processorTime(pids: readonly number[]): ProcessorTime {
  const { user, system } = process.cpuUsage();
  const busy = os.cpus().map(({ times }) => times.user + times.nice + times.sys + times.irq);
  return {
    cluster: timeOf(new Set(pids)),
    generator: (user + system) / 1e6,
    machine: busy.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1000,
  };
}

/** Cores that were kept busy between two points. */
export const perSecond = (before: ProcessorTime, after: ProcessorTime, seconds: number): ProcessorTime => ({
  cluster: (after.cluster - before.cluster) / seconds,
  generator: (after.generator - before.generator) / seconds,
  machine: (after.machine - before.machine) / seconds,
});

/** Ticks of /proc are hundredths of a second on every Linux; elsewhere nothing is known, and it counts as other. */
function timeOf(pids: ReadonlySet<number>): number {
  if (process.platform !== 'linux') return 0;
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const { parent, used } = statOf(name);
    if (pids.has(Number(name)) || pids.has(parent)) ticks += used;
  }
  return ticks / 100;
}

/** Its parent and the ticks it has used; zeros for one that has just ended. */
function statOf(pid: string): { parent: number; used: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in brackets and may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), used: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return { parent: 0, used: 0 };
  }
}
