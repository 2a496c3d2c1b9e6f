import { createHash } from 'node:crypto';
import path from 'node:path/posix';

import { stringify } from 'yaml';

import { agentSecret, agentSecretTemplate, agentWorkload, roleOfPolicy } from '../model/names';
import type { AgentFile } from '../model/tenant/agent-files';
import {
  caFile,
  configurationFile,
  loginOf,
  privateMode,
  templateFile,
  type AgentProps,
  type RenderedFile,
} from './agent-files';
import { agentConfiguration, type AgentLogin, type ConfiguredTemplate } from './configuration';
import { containerLayout as layout, requireContainerCommand } from './containers';
import { agentName } from './instructions';
import { kubernetesAccount, type AccountChoice } from './kubernetes-account';
import { kubernetesInstructions } from './kubernetes-instructions';
import { deployment, serviceAccountToken, tokenFile, type Workload } from './kubernetes-pod';
import { secretAccess, secretManifests } from './kubernetes-secrets';
import { agentTemplates, secretTemplate } from './templates';

export interface KubernetesProps extends AgentProps, AccountChoice {
  /** Whether Kubernetes Secrets are created too, for programs that can neither read the files nor use the server's API. @default true */
  readonly secrets?: boolean;
}

/**
 * An agent in a pod: its manifests, with an example Deployment.
 *
 * @throws PlatformError `usage` without a Kubernetes login, if the command calls systemd, or if the account is ambiguous or may not
 * log in
 */
export function kubernetesFiles(props: KubernetesProps): RenderedFile[] {
  requireContainerCommand(props);
  const { agent, tenant, secrets = true } = props;
  const account = kubernetesAccount(loginOf(props, 'kubernetes'), props);
  const workload: Workload = {
    ...account,
    name: agentWorkload(tenant, agent.name),
    dialect: props.settings.environment.cluster.dialect,
    labels: { 'app.kubernetes.io/name': tenant.name, 'app.kubernetes.io/component': agent.name },
    directory: agent.directory,
    sharesProcesses: agent.command !== undefined,
    secrets,
  };
  const manifests = kubernetesManifests(props, workload);
  const text = manifests
    .map((manifest) => stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n');
  return [
    { path: `${agentName(props)}.yaml`, content: text, mode: privateMode },
    { path: 'README.md', content: kubernetesInstructions(props, workload), mode: privateMode },
  ];
}

function kubernetesManifests(props: KubernetesProps, workload: Workload): unknown[] {
  const { name, namespace, serviceAccount, labels, secrets } = workload;
  const { files } = props.agent;
  const data = configurationData(props, workload);
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: serviceAccount, namespace },
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${name}-agent`, namespace, labels },
      data,
    },
    ...(secrets ? secretAccess({ workload: name, namespace, serviceAccount, files, labels }) : []),
    deployment(workload, createHash('sha256').update(JSON.stringify(data)).digest('hex')),
  ];
}

/** Content of the ConfigMap: configurations of the first init container and of the sidecar, and their templates. */
function configurationData(
  props: KubernetesProps,
  { name, namespace, labels, secrets }: Workload,
): Record<string, string> {
  const { agent, tenant, settings, caCertificate } = props;
  const { environment } = settings;
  const place = { tenant, environment };
  const written = agentTemplates(props);
  const secretOf = (file: AgentFile) => ({
    name: agentSecretTemplate(file.name),
    destination: path.join(secretManifests, `${file.name}.json`),
    text: secretTemplate(place, file, { name: agentSecret(name, file.name), namespace, labels }),
  });
  const manifests = secrets ? agent.files.map(secretOf) : [];
  const login = kubernetesLogin(props);
  const configuration = (templates: readonly ConfiguredTemplate[], once: boolean): string =>
    `${JSON.stringify(agentConfiguration({ ...props, layout, login, templates, tokenFile, once }), undefined, 2)}\n`;
  const key = (file: string): string => path.basename(file);
  return {
    [key(configurationFile(layout, 'login'))]: configuration([...written, ...manifests], true),
    [key(configurationFile(layout, 'renew'))]: configuration(written, false),
    ...Object.fromEntries(
      [...written, ...manifests].map(({ name: template, text }) => [key(templateFile(layout, template)), text]),
    ),
    ...(caCertificate !== undefined && { [key(caFile(layout))]: caCertificate }),
  };
}

/** Login with a ServiceAccount token whose audience is the server, so that no other service accepts it. */
function kubernetesLogin(props: AgentProps): AgentLogin {
  return {
    type: 'kubernetes',
    mount_path: `auth/${loginOf(props, 'kubernetes').method.mountPath}`,
    config: { role: roleOfPolicy(props.agent.policy.name), token_path: `${serviceAccountToken}/token` },
  };
}
