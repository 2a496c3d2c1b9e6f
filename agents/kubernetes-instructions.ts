import { agentSecret, certificateFiles, roleOfPolicy } from '../model/names';
import type { AgentProps } from './agent-files';
import { agentName, heading, operation } from './handover';
import { tokenFile, type Workload } from './kubernetes-pod';

/** The README beside the manifests. */
export function kubernetesInstructions(props: AgentProps, workload: Workload): string {
  const { name, namespace, serviceAccount, audience, secrets, directory } = workload;
  const { agent } = props;
  const file = `${agentName(props)}.yaml`;
  return `${heading(props, 'kubernetes')}

## Try it

\`\`\`sh
kubectl apply --dry-run=server --filename ${file}
kubectl apply --filename ${file}
kubectl --namespace ${namespace} logs deployment/${name} --container login
\`\`\`

It needs Kubernetes 1.29 or newer, and fits a namespace with Pod Security \`restricted\`. \`program\` stands in for your program: give it your
image, or take the volumes and the containers \`login\`${secrets ? ', `secrets`' : ''} and \`renew\` into your own manifests.

## What happens in the pod

1. \`login\` exchanges the token of \`${namespace}/${serviceAccount}\`, made out to \`${audience}\` and good for ten minutes, for one of
   \`${roleOfPolicy(agent.policy.name)}\`. It leaves that in \`${tokenFile}\` and the files in \`${directory}\`, both in memory and readable by your
   program's account alone, and ends. If it cannot, the pod does not start.
${secrets ? secretsStep(props, workload) : ''}${secrets ? 3 : 2}. \`renew\` stays beside the program and keeps token and files fresh.

Nothing secret is in an environment variable, and your program gets no token for the API server.${
    agent.command === undefined
      ? ''
      : ` The command runs in \`renew\`, with the
programs of its image, and sees the processes of your program.`
  }

${operation(props)}
`;
}

const secretsStep = ({ agent }: AgentProps, { name }: Workload): string =>
  `2. \`secrets\` creates or updates Kubernetes Secrets, for programs that can neither talk to the server nor read these files:
${agent.files.map((file) => `   - \`${agentSecret(name, file.name)}\`: ${contents(file)}\n`).join('')}   A certificate in them is one of its own. They are as old as the pod: \`kubectl rollout restart\` renews them. Whoever can read Secrets in the
   namespace can read these; leave the container out with \`--no-secrets\` if no program needs them.
   Its account may create and patch exactly these names, and read none: it applies on the server, which is a PATCH of a named path,
   while the right to POST could not be limited to a name.
`;

function contents(file: AgentProps['agent']['files'][number]): string {
  if (file.type === 'document') return `\`${file.name}\``;
  const { bundle, trust } = certificateFiles(file.name);
  return file.format === 'java' ? `\`${bundle}\`, \`${trust}\`` : '`tls.key`, `tls.crt`, `ca.crt`';
}
