import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Runs before a test run. Creates the folder in which workers record the Kubernetes labs that they start, and a process that takes
 * these labs down when the run ends, also if it is killed. So the test files of a worker share a lab.
 */
export default function shareLabs(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-labs-'));
  process.env.VAULT_PLATFORM_LABS = folder;
  // Standard input ends with this process. Each file in the folder is a script that takes one lab down.
  const script = 'cat > /dev/null; for lab in "$0"/*; do [ ! -e "$lab" ] || sh "$lab"; done; rm -rf "$0"';
  const child = spawn('sh', ['-c', script, folder], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
}
