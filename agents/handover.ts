import { dialects } from '../model/dialect';
import type { AppRoleSettings } from '../model/environment/app-role';
import { showDuration } from '../model/language/duration';
import { roleOfPolicy } from '../model/names';
import type { AgentProps } from './agent-files';
import { secretIdPath } from './configuration';

/** `<program>-agent-<tenant>-<environment>-<agent>`: names units, folders and manifests on a machine that may have several. */
export function agentName({ tenant, settings, agent }: AgentProps): string {
  const { labelPrefix } = dialects[settings.environment.cluster.dialect];
  return `${labelPrefix}-agent-${tenant.name}-${settings.environment.name}-${agent.name}`;
}

/** Head of every README: what this is, and how it is made again. */
export function heading(props: AgentProps, target: string): string {
  const { tenant, settings, agent } = props;
  const { environment } = settings;
  const { title } = dialects[environment.cluster.dialect];
  return [
    `# ${title} Agent: ${agent.name} of ${tenant.team}/${tenant.name} in ${environment.name}`,
    '',
    `Written by \`platform tenant agent ${tenant.team}/${tenant.name} --environment ${environment.name} --target ${target}\`; write it again`,
    'instead of changing it by hand. Nothing in it is secret.',
    '',
    `It logs in as \`${roleOfPolicy(agent.policy.name)}\` at ${environment.cluster.address}.`,
  ].join('\n');
}

/** What an administrator does to hand over RoleID and SecretID. The SecretID is never an argument, and unwrapped once. */
export function issueCommands(props: AgentProps): string[] {
  const { binary } = dialects[props.settings.environment.cluster.dialect];
  const path = secretIdPath(props);
  return [
    `${binary} read -field=role_id ${path.replace(/secret-id$/, 'role-id')} > role-id`,
    `(umask 077; ${binary} write -f -wrap-ttl=10m -field=wrapping_token ${path} > wrapped)`,
  ];
}

/** When a SecretID expires, as a sentence. */
export function secretIdEnd({ secretIdTtlSeconds: seconds }: Pick<AppRoleSettings, 'secretIdTtlSeconds'>): string {
  if (seconds === 0) return 'A SecretID does not expire.';
  return `A SecretID expires after ${showDuration(seconds)}: hand over the next one before that, in the same way; no restart is needed.`;
}

/** What everybody who runs an agent has to know. */
export function operation(props: AgentProps): string {
  const { dialect } = props.settings.environment.cluster;
  const { renewalThresholdSetting } = dialects[dialect];
  const share = renewalThresholdSetting === undefined ? 'nine tenths' : 'two thirds';
  return [
    '## What to know',
    '',
    `- A certificate is renewed when ${share} of its life are over, a document is read again every minute. Files are replaced as a`,
    '  whole. Key and certificate stand in one file, because two files cannot be replaced at once: a program that wants both gets the',
    '  same file for both.',
    '- The command runs when files have changed, without a shell and within a minute; at the first start once for each of them. When it',
    '  fails, that is logged, and it is not repeated until the next renewal.',
    '- Another name or TTL counts from the next renewal on, or at once when the file is removed and the agent restarted.',
  ].join('\n');
}
