import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * What everybody on this machine can see of its processes, and what their children inherit: arguments, and on Linux variables,
 * noted ten times a second.
 */
export class ProcessWatch {
  private readonly seen = new Set<string>();
  private readonly timer: NodeJS.Timeout;

  constructor() {
    this.look();
    this.timer = setInterval(() => this.look(), 100).unref();
  }

  /** How many different processes were seen. */
  public get size(): number {
    return this.seen.size;
  }

  /** Those that were seen with a text in their arguments or variables, by their arguments. */
  public holding(text: string): string[] {
    return [...this.seen]
      .filter((process) => process.includes(text))
      .map((process) => (process.split('\n', 1)[0] ?? '').replaceAll('\0', ' ').replaceAll(text, '…'));
  }

  public stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const processes = process.platform === 'linux' ? onLinux() : elsewhere();
    for (const each of processes) this.seen.add(each);
  }
}

function onLinux(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => `${read(`/proc/${pid}/cmdline`)}\n${read(`/proc/${pid}/environ`)}`);
}

const elsewhere = (): string[] =>
  execFileSync('ps', ['-axww', '-o', 'args'], { encoding: 'utf8', maxBuffer: 1e8 }).split('\n');

/** Nothing of a process that is gone by now, or that is somebody else's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
