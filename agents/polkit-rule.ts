import { asksSystemd } from './agent-files';

/** Names that systemd passes to polkit for verbs of `systemctl`. */
const verbs: Readonly<Record<string, string>> = {
  reload: 'reload',
  'reload-or-restart': 'reload-or-restart',
  restart: 'restart',
  'try-reload-or-restart': 'reload-or-try-restart',
  'try-restart': 'try-restart',
};

/** One service. To restart a target such as `reboot.target` is to start it. */
const service = /^[A-Za-z0-9:_@-]+(?:\.service)?$/;

export interface PolkitRuleProps {
  readonly command: readonly string[] | undefined;
  /** Account that the command runs as. */
  readonly user: string;
}

/**
 * Allows one account one verb on one unit, for a command `systemctl <verb> <service>`. So the agent needs neither root nor sudo, and
 * the command's exit status is that of systemd.
 *
 * @returns undefined for any other command
 * @see https://www.freedesktop.org/software/polkit/docs/latest/polkit.8.html
 */
export function polkitRule({ command = [], user }: PolkitRuleProps): string | undefined {
  const [verb, unit, ...others] = command.slice(1).filter((word) => !word.startsWith('-'));
  const asked = verb === undefined ? undefined : verbs[verb];
  if (!asksSystemd(command) || asked === undefined || !service.test(unit ?? '') || others.length > 0) return undefined;
  const conditions = {
    'action.id': 'org.freedesktop.systemd1.manage-units',
    'action.lookup("unit")': `${(unit ?? '').replace(/\.service$/, '')}.service`,
    'action.lookup("verb")': asked,
    'subject.user': user,
  };
  const all = Object.entries(conditions).map(([left, right]) => `${left} === ${JSON.stringify(right)}`);
  return `polkit.addRule(function (action, subject) {
  if (
    ${all.join(' &&\n    ')}
  ) {
    return polkit.Result.YES;
  }
});
`;
}
