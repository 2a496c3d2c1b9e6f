import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { Command, InvalidArgumentError, Option } from 'commander';

import { DeployedServers } from '../__tests__/support/deployment/deployed-servers';
import { faults, stepDownRest, strikeAndHeal, type Fault } from '../__tests__/support/deployment/faults';
import { OutageMeter } from '../__tests__/support/deployment/outages';
import { openKubernetes } from '../__tests__/support/kubernetes/kubernetes';
import { exitWith } from '../cli/exit';
import type { Dialect } from '../model/dialect';
import { describeChange, describeChanges, type Change } from './failover/report';

interface FailoverOptions {
  readonly dialect: Dialect;
  /** How often the active server steps down. */
  readonly graceful: number;
  /** How often everything else happens to it. */
  readonly others: number;
}

async function main(options: FailoverOptions): Promise<void> {
  process.chdir(process.env.VAULT_PLATFORM_ROOT ?? process.cwd());
  const [average = 0] = os.loadavg();
  console.log(`${os.availableParallelism()} cores, load average before ${average.toFixed(1)}, ${options.dialect}`);
  const { kubernetes, close } = await openKubernetes();
  try {
    const servers = await DeployedServers.prepare(kubernetes, options.dialect);
    try {
      await servers.deploy();
      await servers.bootstrap();
      await measure(servers, options);
    } finally {
      await servers.dispose();
    }
  } finally {
    await close();
  }
}

async function measure(servers: DeployedServers, { graceful, others }: FailoverOptions): Promise<void> {
  const meter = await OutageMeter.prepare(servers);
  const admin = await servers.client(servers.token('admin'));
  const changes: Change[] = [];
  const once = async (fault: Fault): Promise<void> => {
    const witnessed = await meter.during(() => strikeAndHeal(servers, fault, admin));
    const change = { fault, ...witnessed };
    changes.push(change);
    console.log(describeChange(change));
    if (witnessed.lost.length > 0) process.exitCode = 1;
    if (fault === 'step-down') await sleep(stepDownRest);
  };
  for (const fault of faults) {
    for (let count = 0; count < (fault === 'step-down' ? graceful : others); count += 1) await once(fault);
  }
  console.log(`\n${describeChanges(changes)}`);
  const { crowded } = servers.endpoints;
  console.log(`moments with more than one server behind the Service of clients: ${crowded.length}`);
  if (crowded.length > 0) process.exitCode = 1;
}

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

new Command('failover')
  .description('Deploys servers on Kubernetes and changes their leader again and again, while clients write.')
  .addOption(new Option('--dialect <dialect>').choices(['openbao', 'vault']).default('openbao'))
  .option('--graceful <number>', 'how often the active server steps down', whole, 50)
  .option('--others <number>', 'how often its pod is deleted, deleted by force, its process killed', whole, 5)
  .action(async (options: FailoverOptions) => {
    await main(options);
  })
  .parseAsync()
  .catch(exitWith);
