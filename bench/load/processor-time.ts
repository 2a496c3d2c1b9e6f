import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';

/** CPU time in seconds since an arbitrary point in the past: only differences are meaningful. */
export interface ProcessorTime {
  /** Of the servers and the database. */
  readonly cluster: number;
  /** Of this process. */
  readonly generator: number;
  /** Of all processes on this machine, including these. */
  readonly machine: number;
}

/**
 * CPU usage by process, which shows whether other processes distorted a measurement.
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

/** Busy cores between two points in time. */
export const perSecond = (before: ProcessorTime, after: ProcessorTime, seconds: number): ProcessorTime => ({
  cluster: (after.cluster - before.cluster) / seconds,
  generator: (after.generator - before.generator) / seconds,
  machine: (after.machine - before.machine) / seconds,
});

/** Ticks of /proc are hundredths of a second on every Linux. Elsewhere it is unknown and counts as other usage. */
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

/** Parent and used ticks of a process; zeros if it has exited. */
function statOf(pid: string): { parent: number; used: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program is in brackets, and can contain spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), used: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return { parent: 0, used: 0 };
  }
}
