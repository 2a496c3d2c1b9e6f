import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { Command } from 'commander';

import { dialectOption, wholeNumber } from '../../../cli/option-values';
import { runCommand } from '../../../cli/run-command';
import type { Dialect } from '../../../model/dialect';
import { DeployedServers } from '../../support/deployment/deployed-servers';
import { faults, stepDownRest, strikeAndHeal, type Fault } from '../../support/deployment/faults';
import { OutageMeter } from '../../support/deployment/outages';
import { openKubernetes } from '../../support/kubernetes/kubernetes';
import { describeChange, describeChanges, type Change } from './report';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

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
  print(`${os.availableParallelism()} cores, load average before ${average.toFixed(1)}, ${options.dialect}`);
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
    print(describeChange(change));
    if (witnessed.lost.length > 0) process.exitCode = 1;
    if (fault === 'step-down') await sleep(stepDownRest);
  };
  for (const fault of faults) {
    for (let count = 0; count < (fault === 'step-down' ? graceful : others); count += 1) await once(fault);
  }
  print(`\n${describeChanges(changes)}`);
  const { crowded } = servers.endpoints;
  print(`moments with more than one server behind the Service of clients: ${crowded.length}`);
  if (crowded.length > 0) process.exitCode = 1;
}

void runCommand(
  new Command('npm run bench:failover --')
    .description('Deploys servers on Kubernetes and changes the leader repeatedly while clients write.')
    .addOption(dialectOption('server program').default('openbao'))
    .option('--graceful <number>', 'step-downs of the active server', wholeNumber(0), 50)
    .option('--others <number>', 'deletions, forced deletions and kills of its pod, each', wholeNumber(0), 5)
    .action(main),
);
