import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

import { recordedDecisions, sampleFile, type RecordedLine } from './decisions';

// Writes the committed sample: node bin/run.mjs __tests__/access/decide/make-sample.ts
const linesOfSample = 2000;
/** Longer lines are left out, so that the sample stays small. */
const longestLine = 600;

/** Lines with the same stratum test the same thing. */
const stratum = (line: RecordedLine): string =>
  line.kind === 'policy'
    ? ['refused', line.family, line.openbao.stored, line.vault.stored].join()
    : [line.family, line.operation, line.openbao.allowed, line.vault.allowed].join();

const strata = new Map<string, { rank: string; text: string }[]>();
for (const line of recordedDecisions().lines) {
  const rank = createHash('sha256').update(line.id).digest('hex');
  const text = JSON.stringify(
    line.kind === 'policy'
      ? { ...line, openbao: { stored: line.openbao.stored }, vault: { stored: line.vault.stored } }
      : { ...line, openbao: { allowed: line.openbao.allowed }, vault: { allowed: line.vault.allowed } },
  );
  if (text.length > longestLine) continue;
  const others = strata.get(stratum(line));
  if (others === undefined) strata.set(stratum(line), [{ rank, text }]);
  else others.push({ rank, text });
}

const queues = [...strata.values()].map((lines) => lines.sort((a, b) => (a.rank < b.rank ? -1 : 1)));
const sample: string[] = [];
for (let round = 0; sample.length < linesOfSample; round += 1) {
  for (const queue of queues) {
    const line = queue[round];
    if (line !== undefined && sample.length < linesOfSample) sample.push(line.text);
  }
}
writeFileSync(sampleFile, `${sample.join('\n')}\n`);
