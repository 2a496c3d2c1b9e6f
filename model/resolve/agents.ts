import type { Agent, CustomPolicy } from '../inventory';
import { fillIn } from '../names';
import { listNames } from '../rules/nearest';
import { shorten } from '../rules/show';
import type { AgentFile as AgentEntry } from '../schema/agent';
import type { ValuePath } from '../source/source-file';
import { resolveAgentFiles } from './agent-files';
import { defined } from './defined';
import type { ResolvedEnvironment } from './environments';
import type { ResolvedPolicy } from './policies';
import type { TenantEngines } from './tenant-engines';
import type { TenantScope } from './tenant-scope';

/** The policies of a tenant in one environment. */
export interface PoliciesOf {
  readonly home: ResolvedEnvironment;
  readonly policies: readonly ResolvedPolicy[];
}

/** The agents of a tenant by environment: an agent is where its policy is. Reports those whose policy is nowhere. */
export function resolveAgents(
  homes: readonly PoliciesOf[],
  scope: TenantScope,
  engines: TenantEngines,
): ReadonlyMap<ResolvedEnvironment, readonly Agent[]> {
  const agents = new Map<ResolvedEnvironment, Agent[]>(homes.map(({ home }) => [home, []]));
  for (const [name, file] of Object.entries(scope.file.agents ?? {})) {
    const path = ['agents', name];
    const found = homes.flatMap(({ home, policies }) => {
      const wanted = fillIn(file.policy, home.environment);
      const policy = policies.find((candidate) => candidate.policy.name === wanted)?.policy;
      return policy === undefined ? [] : [{ home, policy }];
    });
    for (const { home, policy } of found) {
      agents.get(home)?.push(resolveAgent({ name, file, path, home, policy }, scope, engines));
    }
    if (found.length === 0) reportUnknownPolicy(file.policy, [...path, 'policy'], scope);
  }
  return agents;
}

/** An agent in one environment. */
export interface AgentPlace {
  readonly name: string;
  readonly file: AgentEntry;
  readonly path: ValuePath;
  readonly home: ResolvedEnvironment;
  readonly policy: CustomPolicy;
}

function resolveAgent(place: AgentPlace, scope: TenantScope, engines: TenantEngines): Agent {
  const { name, file, path, home, policy } = place;
  const types = policy.logins.map(({ type }) => type);
  if (types.length > 0 && !types.includes('approle') && !types.includes('kubernetes')) {
    scope.report([...path, 'policy'], {
      message: 'an agent cannot log in with this policy',
      given: `${shorten(policy.name)}, with logins of the type ${listNames(types)}`,
      allowed: 'a policy with a login of the type approle or kubernetes',
      fix: 'add `- type: approle` or `- type: kubernetes` to the logins of the policy',
    });
  }
  const files = resolveAgentFiles(place, scope, engines);
  const directory = fillIn(file.directory, home.environment);
  return { name, policy, files, directory, ...defined({ command: file.command }) };
}

function reportUnknownPolicy(name: string, path: ValuePath, scope: TenantScope): void {
  if (!scope.knows('policies') || !scope.knows('environments') || scope.homes.length === 0) return;
  scope.reportUnknown(name, path, {
    message: 'unknown policy',
    names: (scope.file.policies ?? []).map((policy) => policy.name),
    none: 'none: the tenant has no `policies`',
    fix: 'add it to `policies`, with what the agent reads',
  });
}
