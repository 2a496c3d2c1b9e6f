import { readFileSync } from 'node:fs';
import os from 'node:os';

import { Command } from 'commander';

import { dialectOption, numberBetween } from '../cli/option-values';
import { runCommand } from '../cli/run-command';
import type { EmbeddedCluster } from '../local/cluster/embedded-cluster';
import { identify, sendSignal } from '../local/cluster/processes';
import type { Dialect } from '../model/dialect';
import { PlatformError } from '../model/errors';
import { startBenchCluster } from './load/embedded';
import { tokenTypes, wantedRates, type LoadName, type RoleCredentials, type TokenType } from './load/plan';
import { prepareLoad } from './load/prepare';
import { describeFindings, describeOutage, describeRun, isHeld, percent, type Finding } from './load/report';
import { runGenerator } from './load/run';

interface LoadOptions {
  readonly dialect: Dialect;
  readonly seconds: number;
  /** Share of the rates to start with. */
  readonly fraction: number;
  readonly kill: boolean;
}

/** Shares of the rates, tried in this order until all loads are held. */
const shares = [1, 0.75, 0.5, 0.25];
/** Seconds of a run after the kill: a failover takes up to 15 s, and then the waiting requests are served. */
const secondsAfterKill = 40;
/** Share of the held rates in the run with a kill: below 1, so that the waiting requests can be served. */
const shareWithKill = 0.5;

async function main(options: LoadOptions): Promise<void> {
  process.chdir(process.env.VAULT_PLATFORM_ROOT ?? process.cwd());
  const [average = 0] = os.loadavg();
  console.log(`${os.availableParallelism()} cores, load average before ${average.toFixed(1)}, ${options.dialect}`);
  const { cluster, dispose } = await startBenchCluster(options.dialect);
  try {
    const bench = new LoadBench(cluster, options);
    await bench.prepare();
    const findings = await bench.search();
    console.log(`\n${describeFindings(findings)}`);
    if (options.kill) await bench.kill(findings.reduce((one, other) => (other.fraction > one.fraction ? other : one)));
    if (bench.lost > 0) process.exitCode = 1;
  } finally {
    await dispose();
  }
}

class LoadBench {
  /** Documents whose state differed from the acknowledged one, over all runs. */
  public lost = 0;
  private runs = 0;
  private credentials: Readonly<Record<TokenType, RoleCredentials>> | undefined;

  constructor(
    private readonly cluster: EmbeddedCluster,
    private readonly options: LoadOptions,
  ) {}

  public async prepare(): Promise<void> {
    const client = this.cluster.client(this.cluster.adminToken());
    try {
      this.credentials = await prepareLoad(client);
    } finally {
      await client.close();
    }
  }

  /** Tries decreasing shares of the rates until all loads are held. Alternates between the types of tokens, so that they compare. */
  public async search(): Promise<Finding[]> {
    const findings = new Map<TokenType, Finding>();
    for (const share of shares) {
      for (const tokenType of tokenTypes) {
        const before = findings.get(tokenType);
        if (before?.held === true) continue;
        const fraction = this.options.fraction * share;
        const result = await this.run(tokenType, fraction, this.options.seconds);
        findings.set(tokenType, { tokenType, first: before?.first ?? result, fraction, held: isHeld(result) });
      }
    }
    return [...findings.values()];
  }

  /** Kills the active node with SIGKILL in the middle of a run. */
  public async kill({ tokenType, fraction }: Finding): Promise<void> {
    const { nodes } = await this.cluster.status();
    const active = nodes.find(({ health }) => health === 'active');
    const victim = identify(active?.pid ?? 0);
    if (active === undefined || victim === undefined) {
      throw new PlatformError('cluster', [{ message: 'no node is active', fix: 'try again, or with fewer requests' }]);
    }
    const { seconds } = this.options;
    const result = await this.run(tokenType, fraction * shareWithKill, seconds + secondsAfterKill, () => {
      setTimeout(() => sendSignal(victim, 'SIGKILL'), seconds * 1000);
    });
    console.log(describeOutage(result, active.name));
  }

  private async run(
    tokenType: TokenType,
    fraction: number,
    seconds: number,
    onBegin?: () => void,
  ): ReturnType<typeof runGenerator> {
    if (this.credentials === undefined) throw new Error('the load is not prepared');
    const { cluster } = this;
    this.runs += 1;
    console.log(`\n${tokenType} tokens, ${percent(fraction)} of the rates, ${seconds} s`);
    const plan = {
      name: `run-${this.runs}`,
      addresses: cluster.addresses,
      ca: readFileSync(cluster.caFile, 'utf8'),
      credentials: this.credentials[tokenType],
      rates: scaled(fraction),
      seconds,
      ...(onBegin === undefined ? { pids: await this.pids() } : {}),
    };
    const result = await runGenerator(process.cwd(), plan, onBegin);
    console.log(describeRun(result));
    this.lost += result.lost.length;
    return result;
  }

  private async pids(): Promise<number[]> {
    const { nodes, storage } = await this.cluster.status();
    return [...nodes.map(({ pid }) => pid), storage.pid].filter((pid) => pid !== undefined);
  }
}

const scaled = (fraction: number): Record<LoadName, number> =>
  Object.fromEntries(Object.entries(wantedRates).map(([name, rate]) => [name, rate * fraction])) as never;

void runCommand(
  new Command('npm run bench:load --')
    .description(
      'Generates the load of the authentication service on an embedded cluster, and prints the rates that the cluster holds.',
    )
    .addOption(dialectOption('server program').default('openbao'))
    .option('--seconds <seconds>', 'length of each run', numberBetween(1, 300), 20)
    .option('--fraction <fraction>', 'share of the rates to start with', numberBetween(0.01, 10), 1)
    .option('--kill', 'kill the active node in the middle of one more run', false)
    .action(main),
);
