import { PlatformError } from '../model/errors';
import { agentProblems, type AgentProps, type RenderedFile } from './agent-files';
import { composeFiles } from './compose';
import { kubernetesFiles, type KubernetesProps } from './kubernetes';
import { systemdFiles, type SystemdProps } from './systemd';

export const agentTargets = ['systemd', 'kubernetes', 'compose'] as const;

/** Platform that an agent runs on. */
export type AgentTarget = (typeof agentTargets)[number];

/** An agent, with the options of all targets. */
export type RenderAgentProps = AgentProps & Omit<KubernetesProps & SystemdProps, 'layout'>;

/**
 * Renders the files of an agent: configuration, templates, service or manifests, and a README with the commands. The output is
 * deterministic and contains no secrets.
 *
 * @throws PlatformError `usage` if the agent's policy has no login for the target, or if the agent would not work as configured
 */
export function renderAgent(target: AgentTarget, props: RenderAgentProps): RenderedFile[] {
  const problems = agentProblems(props, target === 'kubernetes' ? 'kubernetes' : 'approle');
  if (problems.length > 0) throw new PlatformError('usage', problems);
  const files = { systemd: systemdFiles, kubernetes: kubernetesFiles, compose: composeFiles } as const;
  return files[target](props);
}
