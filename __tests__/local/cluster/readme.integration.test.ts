import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runReadmeExample } from '../../support/markdown/readme';
import { startGuard } from '../../support/vault/embedded-cluster';

test('the example of the README runs', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-readme-'));
  chmodSync(folder, 0o711);
  const directory = path.join(folder, 'embedded-cluster-example', 'cluster');
  const guard = startGuard(directory);
  try {
    expect(await runReadmeExample('local/cluster/README.md', { environment: { TMPDIR: folder } })).toBe(
      "{ text: 'hello' }\n[ 'active', 'standby', 'standby' ]",
    );
    expect(existsSync(directory)).toBe(false);
  } finally {
    await guard();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
