import { PlatformError } from '../model/errors';
import { agentProblems, type AgentProps, type RenderedFile } from './agent-files';
import { composeFiles } from './compose';
import { kubernetesFiles, type KubernetesProps } from './kubernetes';
import { systemdFiles, type SystemdProps } from './systemd';

export const agentTargets = ['systemd', 'kubernetes', 'compose'] as const;

/** Where an agent runs. */
export type AgentTarget = (typeof agentTargets)[number];

/** An agent, and what only some targets know. */
export type RenderAgentProps = AgentProps & Omit<KubernetesProps & SystemdProps, 'layout'>;

/**
 * Everything that an agent needs where it runs: configuration, templates, service or manifests, and a README with the commands.
 * The same input gives the same bytes; there is no secret in it.
 *
 * @throws PlatformError `usage` if the target cannot log in, or the agent would not do what it says
 */
export function renderAgent(target: AgentTarget, props: RenderAgentProps): RenderedFile[] {
  const problems = agentProblems(props, target === 'kubernetes' ? 'kubernetes' : 'approle');
  if (problems.length > 0) throw new PlatformError('usage', problems);
  const files = { systemd: systemdFiles, kubernetes: kubernetesFiles, compose: composeFiles } as const;
  return files[target](props);
}
