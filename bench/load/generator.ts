// Sends the requests of one run from a separate process, so that the benchmark itself does not delay them. It receives the
// plan through a pipe, and reports the begin of the measurement and the result through the same pipe.
import { setTimeout as sleep } from 'node:timers/promises';

import { ActiveNode } from './active-node';
import { Ledger } from './ledger';
import { Meter } from './meter';
import { runOpenLoop, type Stream } from './open-loop';
import { documentMount, documentsPerEnvironment, environments, type RunPlan, type RunResult } from './plan';
import { perSecond, processorTime } from './processor-time';

/** Messages of the generator: `begun` when the measurement begins, and the result. */
export type GeneratorMessage = { readonly begun: true } | { readonly result: RunResult };

/** Seconds from storing a document to reading it, and from reading to deleting it. */
const stepSeconds = 1;
/** Long enough for every stream to begin. */
const warmUpSeconds = 2 * stepSeconds + 1;
/** How long to wait for pending requests at the end, before they are aborted. */
const drainMilliseconds = 5000;

async function run(plan: RunPlan, onBegin: () => void): Promise<RunResult> {
  const node = new ActiveNode(plan.addresses, plan.ca);
  const token = await logIn(node, plan);
  const meters = {
    read: new Meter('list and read'),
    login: new Meter('AppRole login'),
    change: new Meter('store, read, delete'),
  };
  const ledger = new Ledger(node, plan.name, token, () => (meters.change.repeated += 1));
  const failures: Record<string, number> = {};
  const { pids } = plan;
  let before = processorTime(pids ?? []);
  const { longestGap, rest } = await runOpenLoop({
    streams: [...readStreams(node, plan, token, meters.read), loginStream(node, plan, meters.login)].concat(
      changeStreams(ledger, plan, meters.change),
    ),
    warmUpSeconds,
    seconds: plan.seconds,
    onBegin: () => {
      before = processorTime(pids ?? []);
      onBegin();
    },
    onFailure: (error) => {
      const reason = (error as Error).message;
      failures[reason] = (failures[reason] ?? 0) + 1;
    },
  });
  const after = processorTime(pids ?? []);
  await Promise.race([rest, sleep(drainMilliseconds)]);
  await node.close();
  await rest;

  const fresh = new ActiveNode(plan.addresses, plan.ca);
  const verification = await ledger.verify(fresh);
  await fresh.close();
  return {
    loads: Object.values(meters).map((meter) => meter.result(plan.seconds)),
    failures,
    longestGap,
    ...verification,
    ...(pids === undefined ? {} : { cores: perSecond(before, after, plan.seconds) }),
  };
}

/** Half of the requests list the documents of an environment, half read one document. */
function readStreams(node: ActiveNode, plan: RunPlan, token: string, meter: Meter): Stream[] {
  const perSecond = plan.rates['list and read'] / 2;
  const get = async (path: string): Promise<void> => {
    const { status } = await node.send('GET', path, { token, onRepeat: () => (meter.repeated += 1) });
    if (status !== 200) throw new Error(`read: HTTP ${status}`);
  };
  const mount = (index: number): string => documentMount(environments[index % environments.length] ?? '');
  const document = (index: number): number => Math.floor(index / environments.length) % documentsPerEnvironment;
  return [
    { meter, perSecond, send: (index) => get(`${mount(index)}/metadata/documents?list=true`) },
    { meter, perSecond, send: (index) => get(`${mount(index)}/data/documents/${document(index)}`) },
  ];
}

function loginStream(node: ActiveNode, plan: RunPlan, meter: Meter): Stream {
  const onRepeat = (): void => void (meter.repeated += 1);
  return {
    meter,
    perSecond: plan.rates['AppRole login'],
    send: async () => void (await logIn(node, plan, onRepeat)),
  };
}

/** Each document is stored, read a second later and deleted another second later, so that a failover always affects some. */
function changeStreams(ledger: Ledger, plan: RunPlan, meter: Meter): Stream[] {
  const steps = [
    (index: number) => ledger.store(index),
    (index: number) => ledger.read(index),
    (index: number) => ledger.delete(index),
  ];
  const perSecond = plan.rates['store, read, delete'] / steps.length;
  return steps.map((send, step) => ({ meter, perSecond, delaySeconds: step * stepSeconds, send }));
}

async function logIn(node: ActiveNode, { credentials }: RunPlan, onRepeat = (): void => undefined): Promise<string> {
  const { status, body } = await node.send('POST', 'auth/approle/login', { body: credentials, onRepeat });
  const token = body.auth?.client_token;
  if (status === 200 && typeof token === 'string') return token;
  throw new Error(`login: HTTP ${status}`);
}

const tell = (message: GeneratorMessage): void => void process.send?.(message);

process.once('message', (plan: RunPlan) => {
  void run(plan, () => tell({ begun: true })).then((result) => {
    tell({ result });
    process.disconnect();
  });
});
// The parent process has exited, so no one receives the result.
process.once('disconnect', () => process.exit());
