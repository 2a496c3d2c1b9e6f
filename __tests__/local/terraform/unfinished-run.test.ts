import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { UnfinishedRun } from '../../../local/terraform/unfinished-run';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'unfinished-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function created(...paths: readonly string[]): Promise<boolean[]> {
  const isOurs = await new UnfinishedRun(folder).created();
  return paths.map(isOurs);
}

it('created nothing when none is unfinished', async () => {
  expect(new UnfinishedRun(folder).exists).toBe(false);
  expect(await created('sys/policies/acl/a')).toEqual([false]);
});

it('created what it planned, and what a former one planned, until a run ends', async () => {
  await new UnfinishedRun(folder).begin(['sys/policies/acl/a']);
  await new UnfinishedRun(folder).begin(['sys/policies/acl/b']);
  expect(await created('sys/policies/acl/a', 'sys/policies/acl/b', 'sys/policies/acl/c')).toEqual([true, true, false]);
  await new UnfinishedRun(folder).end();
  expect(await created('sys/policies/acl/a')).toEqual([false]);
});

it('that changed only what exists created nothing', async () => {
  await new UnfinishedRun(folder).begin([]);
  expect(new UnfinishedRun(folder).exists).toBe(true);
  expect(await created('sys/policies/acl/a')).toEqual([false]);
});

it('may have created everything after its state was lost, and as former versions recorded it', async () => {
  await new UnfinishedRun(folder).loseState();
  await new UnfinishedRun(folder).begin(['sys/policies/acl/a']);
  expect(await created('sys/policies/acl/other')).toEqual([true]);
  writeFileSync(path.join(folder, 'unfinished'), '');
  expect(await created('sys/policies/acl/other')).toEqual([true]);
});
