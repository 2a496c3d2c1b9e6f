// Watches a process: waits until standard input closes, which happens however that process ends, and stops what it left.
import { endAll } from './end-all';

const [, , directory = ''] = process.argv;

process.stdin.resume().once('end', () => {
  endAll(directory).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
});
