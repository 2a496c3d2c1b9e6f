// Runs beside a process until its standard input ends, however that process ended, and ends what is left of it.
import { endAll } from './end-all';

const [, , directory = ''] = process.argv;

process.stdin.resume().once('end', () => {
  endAll(directory).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
});
