import { Command } from 'commander';
import pc from 'picocolors';

import { dialectOption, wholeNumber } from '../../cli/option-values';
import { runCommand } from '../../cli/run-command';
import type { Dialect } from '../../model/dialect';
import { Demonstration } from './demo/demonstration';
import { OrderClient, usage } from './demo/order-client';
import type { Issue } from './demo/order-client';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const chapter = (text: string): void => say(`\n${pc.bold(text)}`);
const step = (text: string): void => say(`  ${pc.dim(new Date().toTimeString().slice(0, 8))}  ${text}`);

/** Prints a successful check, or throws. */
function see(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`the demonstration failed: ${what}`);
  step(`${pc.green('✓')} ${what}`);
}

async function demonstrate(dialect: Dialect, renewals: number): Promise<void> {
  chapter('A cluster, an authority, an agent for each program, a broker');
  const demonstration = await Demonstration.start({
    projectDirectory: process.env.VAULT_PLATFORM_ROOT ?? process.cwd(),
    environment: process.env,
    dialect,
    say: step,
  });
  const { producer } = demonstration;
  try {
    chapter(`Messages, while each certificate is replaced ${renewals} times; this takes minutes, their TTL`);
    await demonstration.exchange(renewals);
    const sent = `${producer.acknowledged.length} messages were confirmed and received`;
    see(demonstration.lost().length === 0, `${sent}, none was lost`);

    chapter('The credentials of a client');
    const client = await OrderClient.login(demonstration);
    see(isRefused(await client.issueByBrokersRole()), 'get no broker certificate: 403');
    const own = await client.issueByOwnRole();
    see('usages' in own && own.usages.join() === usage.client, 'get only client certificates, whatever they request');

    chapter('The certificate of a client');
    const impostor = await demonstration.impostor();
    const reason = await impostor.start().then(
      () => undefined,
      (error: Error) => /Extended key usage .*/.exec(error.message)?.[0],
    );
    see(reason !== undefined, `does not start a broker: ${reason ?? ''}`);
    await demonstration.agent('order-producer').stop();
    see((await demonstration.refusal()) === undefined, 'is accepted by the broker');
    await client.revokeOwnCertificate();
    await client.close();
    step('is revoked, and the revocation list is rotated; Java caches the previous one for 30 seconds');
    let refusal: string | undefined;
    for (let attempts = 0; refusal === undefined && attempts < 30; attempts++) refusal = await demonstration.refusal();
    see(refusal?.startsWith('Certificate has been revoked') === true, `is refused: ${refusal ?? 'it is not'}`);
  } finally {
    await demonstration.dispose();
  }
  say('\nEverything is stopped and removed.');
}

const isRefused = (issue: Issue): boolean => 'refused' in issue && issue.refused === 403;

interface DemoOptions {
  readonly dialect: Dialect;
  readonly renewals: number;
}

void runCommand(
  new Command('npm run demo:kafka --')
    .description(
      'Runs Kafka with certificates from an embedded cluster, and renews and revokes them while messages flow.',
    )
    .addOption(dialectOption('server program').default('openbao'))
    .option('--renewals <count>', 'renewals of each certificate', wholeNumber(1), 2)
    .action(({ dialect, renewals }: DemoOptions) => demonstrate(dialect, renewals)),
);
