import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { renderAgent, type AgentTarget } from '../agents/render-agent';
import { PlatformError } from '../model/errors';
import { readInventory } from '../model/read';
import type { Agent } from '../model/tenant/agent';
import { unknownName } from '../model/unknown-name';
import type { Context } from './context';
import { findTenant, type FoundTenant } from './find-tenant';
import { writeFiles } from './write-files';

export interface TenantAgentOptions {
  readonly environment: string;
  readonly target: AgentTarget;
  /** Name of the agent. @default - the tenant's only agent */
  readonly agent?: string;
  /** Folder to write to. @default - `.build/agents/<tenant>-<environment>-<agent>-<target>` of the clone, which git ignores */
  readonly output?: string;
  /** File with the CA certificate of the server. @default - the machine trusts the CA */
  readonly ca?: string;
  /** User of the program, for systemd. */
  readonly user?: string;
  /** For Kubernetes. */
  readonly namespace?: string;
  /** For Kubernetes. */
  readonly serviceAccount?: string;
  /** For Kubernetes: whether to create Secrets. */
  readonly secrets: boolean;
  /** Whether to overwrite files that differ. */
  readonly force: boolean;
}

/** `platform tenant agent <team>/<tenant> --environment e --target t`: writes the files of an agent. */
export function tenantAgent(context: Context, identity: string, options: TenantAgentOptions): void {
  const inventory = readInventory(context.inventoryDirectory);
  const found = findTenant(inventory, identity, options.environment);
  const agent = findAgent(found, identity, options);
  const { target, ca, user, namespace, serviceAccount, secrets, force } = options;
  const files = renderAgent(target, {
    ...found,
    agent,
    secrets,
    ...(ca !== undefined && { caCertificate: readCertificate(ca) }),
    ...(user !== undefined && { user }),
    ...(namespace !== undefined && { namespace }),
    ...(serviceAccount !== undefined && { serviceAccount }),
  });
  const name = [found.tenant.name, options.environment, agent.name, target].join('-');
  const folder = path.resolve(options.output ?? path.join(context.projectDirectory, '.build', 'agents', name));
  if (`${folder}${path.sep}`.startsWith(`${path.resolve(context.inventoryDirectory)}${path.sep}`)) {
    const fix = 'name a folder outside of the inventory';
    throw new PlatformError('usage', [{ message: 'the inventory contains no files of agents', given: folder, fix }]);
  }
  const { written, unchanged } = writeFiles(folder, files, force);
  const shown = path.relative(process.cwd(), folder) || '.';
  const lines = [
    ...written.map((file) => `wrote ${path.join(shown, file)}`),
    ...(unchanged.length === 0 ? [] : [`${unchanged.length} unchanged`]),
    '',
    `Next: ${path.join(shown, 'README.md')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function findAgent(
  { settings }: FoundTenant,
  identity: string,
  { agent: name, environment }: TenantAgentOptions,
): Agent {
  const { agents } = settings;
  const known = agents.map((agent) => agent.name);
  if (known.length === 0) {
    throw new PlatformError('usage', [
      {
        message: `${identity} has no agent in this environment`,
        given: environment,
        fix: `add one under agents in inventory/tenants/${identity}.yaml`,
      },
    ]);
  }
  const [only, ...others] = agents;
  if (name === undefined && only !== undefined && others.length === 0) return only;
  const found = agents.find((agent) => agent.name === name);
  if (found !== undefined) return found;
  if (name !== undefined)
    throw new PlatformError('usage', [unknownName({ message: 'unknown agent', given: name, known })]);
  throw new PlatformError('usage', [{ message: 'name an agent with --agent', allowed: known.join(', ') }]);
}

/** Certificates of a PEM file. Anything else in it is refused, because the file is copied. */
function readCertificate(file: string): string {
  const fix = 'name a PEM file that contains only certificates';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new PlatformError('usage', [{ message: 'this file cannot be read', file, fix }]);
  }
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || text.includes('PRIVATE KEY') || !blocks.every(isCertificate)) {
    throw new PlatformError('usage', [{ message: 'this is not a certificate', file, fix }]);
  }
  return `${blocks.join('\n')}\n`;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
