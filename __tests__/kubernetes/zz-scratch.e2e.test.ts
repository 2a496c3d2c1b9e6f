import { writeFileSync } from 'node:fs';
import { Kubectl } from '../../operations/kubernetes/kubectl';
import { Rollout } from '../../operations/rollout/rollout';
import { replacementOrder } from '../../operations/rollout/order';
import { useServers } from '../support/servers/use-servers';

const servers = useServers('openbao');
const notes: string[] = [];
const note = (text: string): void => { notes.push(`${(performance.now() / 1000).toFixed(1)} ${text}`); writeFileSync('/tmp/w/e/real.log', notes.join('\n')); };
it('rolls', async () => {
  note('deploy'); await servers().deploy();
  note('bootstrap'); await servers().bootstrap();
  await servers().whole();
  const active = await servers().active();
  note(`active ${active}`);
  const { cluster, namespace, kubernetes } = servers();
  const kubectl = new Kubectl({ namespace, environment: { ...process.env, KUBECONFIG: kubernetes.kubeconfig } });
  const rollout = new Rollout({ kubectl, cluster, timeoutSeconds: 300 });
  note(JSON.stringify(await rollout.inspect()));
  servers().change({ logLevel: 'debug' });
  note(JSON.stringify(await servers().deployment.apply(servers().stack)));
  const before = await rollout.inspect();
  note(JSON.stringify(before));
  const n = replacementOrder(before).length;
  for (let i = 0; i < n; i++) note(JSON.stringify(await rollout.replaceNext(note)));
  note(JSON.stringify(await rollout.settle(note)));
  note(`active ${await servers().active()}`);
  await servers().whole();
}, 1_200_000);
