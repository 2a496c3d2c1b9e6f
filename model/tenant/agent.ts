import { z } from 'zod';

import { Claims } from '../checks/claims';
import type { LinkedEnvironment } from '../environment/environment';
import { listNames } from '../language/nearest';
import { directoryRule } from '../language/rules/file-name';
import { policyReferenceRule } from '../language/rules/name';
import { textRule } from '../language/rules/text';
import { defined, map, mapOrNone, optional, refuse, text, type Output } from '../language/schema';
import { shorten } from '../language/show';
import { fillIn } from '../names';
import type { ValuePath } from '../source/source-file';
import { agentFileKeys, linkAgentFiles, type AgentFile } from './agent-files';
import type { TenantEngines } from './owned';
import type { CustomPolicy, LinkedPolicy } from './policy';
import { systemFolderOf } from './system-folders';
import type { TenantScope } from './tenant-scope';
import { reportUnknownPolicy } from './unknown-policy';

const aCommand = 'a list of words: a program and its arguments';

const agent = map(
  {
    policy: text(policyReferenceRule).describe('Policy of the tenant that it logs in with, by its name in `policies`.'),
    directory: text(directoryRule).describe('Directory of the files. `{environment}` is filled in.'),
    ...agentFileKeys,
    command: optional(z.array(text(textRule), { error: aCommand }).min(1, { error: aCommand })).describe(
      'Run after files have changed, without a shell. Default: nothing.',
    ),
  },
  ({ certificates, documents }, context) => {
    if (certificates.length > 0 || documents.length > 0) return;
    refuse(context, [], 'certificates, documents or both', {
      message: 'the agent writes nothing',
      fix: 'add certificates or documents',
    });
  },
);

/** What agents write for the tenant's programs. */
export const agentsSchema = mapOrNone('agent', agent, 'a map from names to agents');

type AgentEntry = Output<typeof agent>;

/** What an agent on a host or in a pod does for a program. */
export type Agent = Pick<AgentEntry, 'directory' | 'command'> & {
  readonly name: string;
  readonly policy: CustomPolicy;
  readonly files: readonly AgentFile[];
};

/** An agent in one environment, while it is linked. */
export interface AgentPlace {
  readonly name: string;
  readonly file: AgentEntry;
  readonly path: ValuePath;
  readonly home: LinkedEnvironment;
  readonly policy: CustomPolicy;
  readonly directory: string;
  readonly scope: TenantScope;
  readonly engines: TenantEngines;
  readonly names: AgentNames;
}

/** Names of files by environment and directory, of Secrets by environment, of templates by environment and agent. */
type AgentNames = Readonly<Record<'files' | 'secrets' | 'templates', Claims<string>>>;

const agentNames = ({ problems }: TenantScope): AgentNames => {
  const claims = (message: (name: string) => string, fix = 'choose another name') =>
    new Claims<string>(problems, (name) => ({ message: message(name), fix }));
  return {
    files: claims(
      (name) => `agents would write the file \`${name}\` twice into the same directory`,
      'choose another name, or another directory',
    ),
    secrets: claims((name) => `the Kubernetes Secret \`${name}\` would exist twice`),
    templates: claims((name) => `the agent would have two templates \`${name}\``),
  };
};

/** The agents of a tenant by environment: an agent is where its policy is. Reports those whose policy is nowhere. */
export function linkAgents(
  homes: readonly { readonly home: LinkedEnvironment; readonly policies: readonly LinkedPolicy[] }[],
  scope: TenantScope,
  engines: TenantEngines,
): ReadonlyMap<LinkedEnvironment, readonly Agent[]> {
  const agents = new Map<LinkedEnvironment, Agent[]>(homes.map(({ home }) => [home, []]));
  const names = agentNames(scope);
  for (const [name, file] of Object.entries(scope.file.agents)) {
    const path = ['agents', name];
    let isFound = false;
    for (const { home, policies } of homes) {
      const policy = policies.find((candidate) => candidate.policy.inventoryName === file.policy)?.policy;
      if (policy === undefined) continue;
      isFound = true;
      const directory = fillIn(file.directory, home.environment);
      const place = { name, file, path, home, policy, directory, scope, engines, names };
      checkLogins(place);
      checkDirectory(place);
      const files = linkAgentFiles(place);
      agents.get(home)?.push({ name, policy, directory, files, ...defined({ command: file.command }) });
    }
    if (!isFound) reportUnknown(file.policy, [...path, 'policy'], scope);
  }
  return agents;
}

function checkLogins({ path, policy, scope }: AgentPlace): void {
  const types = policy.logins.map(({ type }) => type);
  if (types.length === 0 || types.includes('approle') || types.includes('kubernetes')) return;
  scope.report([...path, 'policy'], {
    message: 'an agent cannot log in with this policy',
    given: `${shorten(policy.name)}, with logins of the type ${listNames(types)}`,
    allowed: 'a policy with a login of the type approle or kubernetes',
    fix: 'add `- type: approle` or `- type: kubernetes` to the logins of the policy',
  });
}

/** Reports a directory of the system, once `{environment}` is filled in. */
function checkDirectory({ path, directory, scope }: AgentPlace): void {
  const folder = systemFolderOf(directory);
  if (folder === undefined) return;
  scope.report([...path, 'directory'], {
    message: `${folder} belongs to the system, and an agent cannot write ${directory === folder ? 'there' : 'below it'}`,
    given: directory,
    allowed: 'a folder of the program below /etc, /run, /opt, /srv or /var/lib, or one of its own',
    fix: 'write for example /etc/<program>/<folder> or /run/<program>',
  });
}

function reportUnknown(name: string, path: ValuePath, scope: TenantScope): void {
  if (!scope.knows('policies') || !scope.knows('environments') || scope.homes.length === 0) return;
  reportUnknownPolicy(name, path, scope, {
    message: 'unknown policy',
    names: scope.file.policies.map((policy) => policy.name),
    none: 'none: the tenant has no `policies`',
    fix: 'add it to `policies`, with what the agent reads',
  });
}
