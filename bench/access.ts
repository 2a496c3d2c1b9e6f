import { Readable, Writable } from 'node:stream';

import { Command } from 'commander';

import { Batch } from '../access/batch';
import { Acl } from '../access/decide/acl';
import { parsePolicy } from '../access/policy/parse-policy';
import { answerLines } from '../cli/access/answer-lines';
import { wholeNumber } from '../cli/option-values';
import { runCommand } from '../cli/run-command';
import { columns } from '../cli/table';
import { startOpenBao } from './access/openbao';
import { principalPolicies, principalRequests } from './access/principal';
import { median } from './median';

interface AccessBenchOptions {
  /** Measured runs of each contender. */
  readonly runs: number;
  /** Seconds of each run. */
  readonly seconds: number;
}

/** Measures one contender for some time. @returns how many a second */
type Rate = (milliseconds: number) => number | Promise<number>;

async function main({ runs, seconds }: AccessBenchOptions): Promise<void> {
  const server = 'openbao-2.7';
  const acl = Acl.compile(
    principalPolicies.map(({ name, text }) => parsePolicy(name, text, server)),
    { server },
  );
  const bao = await startOpenBao();
  try {
    const contenders: readonly [string, Rate][] = [
      ['allows, decisions', (milliseconds) => rateOf((index) => acl.allows(requestAt(index)), milliseconds)],
      [
        'decide with reason, decisions',
        (milliseconds) => rateOf((index) => acl.decide(requestAt(index)), milliseconds),
      ],
      ['access decide --batch, lines', batchRate],
      ['OpenBao over loopback, requests', (milliseconds) => bao.rate(principalRequests, milliseconds)],
    ];
    const rates = contenders.map((): number[] => []);
    // The first run is a warm-up, in which the code is compiled.
    for (let run = 0; run <= runs; run += 1) {
      for (const [index, [, rate]] of contenders.entries()) {
        const measured = await rate(seconds * 1000);
        if (run > 0) rates[index]?.push(measured);
      }
    }
    const medians = rates.map(median);
    const ofServer = medians.at(-1) ?? 1;
    process.stdout.write(
      `${acl.rules.length} stanzas, ${principalRequests.length} requests, medians of ${runs} runs\n\n${columns([
        ['what', 'a second', 'times OpenBao'],
        ...contenders.map(([what], index) => {
          const rate = medians[index] ?? 0;
          return [what, Math.round(rate).toLocaleString('en'), (rate / ofServer).toFixed(1)];
        }),
      ])}\n`,
    );
  } finally {
    await bao.dispose();
  }
}

const requestAt = (index: number): (typeof principalRequests)[number] =>
  principalRequests[index % principalRequests.length] ?? { operation: 'read', path: 'secret' };

function rateOf(decide: (index: number) => unknown, milliseconds: number): number {
  const begin = performance.now();
  let count = 0;
  // The clock is read once in a while, because that costs as much as a decision.
  while (performance.now() - begin < milliseconds) {
    for (const end = count + 1000; count < end; count += 1) decide(count);
  }
  return (count / (performance.now() - begin)) * 1000;
}

/** Lines of 500 principals with five stanzas each, in chunks as from a pipe. */
const batchLines = ((): Buffer[] => {
  const lines = Array.from({ length: 5000 }, (_, index) => {
    const principal = Math.floor(index / 10);
    const stanza = (path: string): string => `path "${path}" {\n  capabilities = ["read", "list"]\n}\n`;
    const paths = [
      'data/team/*',
      'metadata/team/*',
      'data/+/config',
      `data/app-${principal}`,
      'data/ledger/+/database',
    ];
    const text = paths.map((path) => stanza(`secret/${path}`)).join('');
    return JSON.stringify({
      server: 'openbao-2.7',
      policies: [{ name: `p${principal}`, text }],
      ...requestAt(index),
      parameters: null,
      wrap_ttl: null,
      exists: true,
    });
  });
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  const chunk = 65_536;
  return Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, index) =>
    bytes.subarray(index * chunk, (index + 1) * chunk),
  );
})();

async function batchRate(milliseconds: number): Promise<number> {
  const begin = performance.now();
  let lines = 0;
  while (performance.now() - begin < milliseconds) {
    // A batch of its own for each round, so that every principal is compiled again.
    const batch = new Batch({ now: 0 });
    const output = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    });
    await answerLines(Readable.from(batchLines), output, (line) => batch.answer(line));
    lines += batch.lines;
  }
  return (lines / (performance.now() - begin)) * 1000;
}

void runCommand(
  new Command('npm run bench:access --')
    .description('Measures decisions about requests, and compares their rate with that of a real OpenBao.')
    .option('--runs <number>', 'runs of each, in turn', wholeNumber(1), 5)
    .option('--seconds <number>', 'seconds of each run', wholeNumber(1), 2)
    .action(main),
);
