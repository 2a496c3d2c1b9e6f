// Entry point of every command: checks the version of Node.js, then loads everything else. Old versions have to be able to
// parse this file and its import, so both use no syntax newer than ES2020 and import no built-in module.
import { describeOldNode } from './node-version.mjs';

const problem = describeOldNode(process.versions.node);
if (problem === undefined) {
  import('./launch.mjs');
} else {
  console.error(problem);
  process.exitCode = 1;
}
