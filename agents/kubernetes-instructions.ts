import { agentSecret, certificateFiles, roleOfPolicy } from '../model/names';
import type { AgentProps } from './agent-files';
import { agentName, heading, operation } from './instructions';
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

It requires Kubernetes 1.29 or newer and works in a namespace with Pod Security \`restricted\`. \`program\` is a placeholder: set your
image, or copy the volumes and the containers \`login\`${secrets ? ', `secrets`' : ''} and \`renew\` to your own manifests.

## What happens in the pod

1. \`login\` exchanges the ServiceAccount token of \`${namespace}/${serviceAccount}\` (audience \`${audience}\`, lifetime ten minutes) for a token of
   \`${roleOfPolicy(agent.policy.name)}\`. It writes the token to \`${tokenFile}\` and the files to \`${directory}\`, both in memory and readable by your
   program's account only, and exits. If it fails, the pod does not start.
${secrets ? secretsStep(props, workload) : ''}${secrets ? 3 : 2}. \`renew\` runs beside the program and renews token and files.

No environment variable holds a secret, and your program gets no token for the API server.${
    agent.command === undefined
      ? ''
      : ` The command runs in \`renew\`, with the
programs of its image, and can signal the processes of your program.`
  }

${operation(props)}
`;
}

const secretsStep = ({ agent }: AgentProps, { name }: Workload): string =>
  `2. \`secrets\` creates or updates Kubernetes Secrets, for programs that can neither use the server's API nor read these files:
${agent.files.map((file) => `   - \`${agentSecret(name, file.name)}\`: ${contents(file)}\n`).join('')}   They contain certificates of their own, issued when the pod starts: renew them with \`kubectl rollout restart\`. Everyone who can read Secrets
   in the namespace can read these; omit the container with \`--no-secrets\` if no program needs them.
   Its account may create and patch Secrets of exactly these names, and read none. It uses server-side apply, a PATCH of a named path,
   because RBAC cannot limit a POST to a name.
`;

function contents(file: AgentProps['agent']['files'][number]): string {
  if (file.type === 'document') return `\`${file.name}\``;
  const { bundle, trust } = certificateFiles(file.name);
  return file.format === 'java' ? `\`${bundle}\`, \`${trust}\`` : '`tls.key`, `tls.crt`, `ca.crt`';
}
