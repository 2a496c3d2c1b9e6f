import type { AgentProps, RenderedFile } from '../../agents/agent-files';
import type { Dialect } from '../../model/dialect';
import type { Agent } from '../../model/tenant/agent';
import type { AgentFile } from '../../model/tenant/agent-files';
import type { Login } from '../../model/tenant/login';
import {
  agent,
  appRole,
  certificateRole,
  cluster,
  customPolicy,
  environment,
  kubernetesMethod,
} from '../support/inventory/model';

type Certificate = Extract<AgentFile, { type: 'certificate' }>;

export const certificate = (over: Partial<Certificate> = {}): Certificate => ({
  type: 'certificate',
  name: 'broker',
  role: certificateRole(),
  commonName: 'kafka.devel.example.com',
  altNames: [],
  ipAddresses: [],
  ttlSeconds: 86_400,
  format: 'pem',
  ...over,
});

export const document: AgentFile = { type: 'document', path: 'settings', name: 'settings.json' };

const logins: readonly Login[] = [
  { type: 'approle' },
  {
    type: 'kubernetes',
    method: kubernetesMethod(),
    serviceAccounts: ['checkout'],
    namespaces: ['shop'],
  },
];

/** An agent that can log in everywhere, in `devel` of a cluster of the dialect. */
export const agentProps = (over: Partial<Agent> = {}, dialect: Dialect = 'openbao'): AgentProps => ({
  tenant: { name: 'checkout', inventoryName: 'checkout', team: 'payments' },
  settings: { environment: environment('devel', { cluster: cluster({ dialect }) }), appRole: appRole() },
  agent: agent({ policy: customPolicy({ logins }), ...over }),
});

export function fileOf(files: readonly RenderedFile[], end: string): string {
  const found = files.find((file) => file.path.endsWith(end));
  if (found === undefined) throw new Error(`no ${end} among ${files.map((file) => file.path).join(', ')}`);
  return found.content;
}

/** Parsed configuration of the agent. */
export const configurationOf = (files: readonly RenderedFile[]): AgentConfiguration =>
  JSON.parse(fileOf(files, 'agent.json')) as AgentConfiguration;

export interface AgentConfiguration {
  readonly vault: Readonly<Record<string, unknown>>;
  readonly auto_auth: { readonly method: readonly { readonly config: Readonly<Record<string, unknown>> }[] };
  readonly template_config: Readonly<Record<string, unknown>>;
  readonly template: readonly {
    readonly source: string;
    readonly destination: string;
    readonly perms: string;
    readonly exec?: { readonly command: readonly string[] };
  }[];
}
