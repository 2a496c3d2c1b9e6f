import type { EnvironmentEngines } from '../environment/engines';
import type { LinkedEnvironment } from '../environment/environment';
import { listNames, writeNearest } from '../language/nearest';
import { shorten, show } from '../language/show';
import type { Lack, OwnedKind } from './owned';

/** Environments must have an engine, without which an entry of a tenant does not exist. */
export const requireEngine = <Name extends 'aws' | 'ssh' | 'transit'>(
  name: Name,
): Pick<OwnedKind<object, EnvironmentEngines[Name], unknown>, 'section' | 'find' | 'lacking'> => ({
  section: 'engines',
  find: (home) => home.environment.engines[name],
  lacking: (homes) => ({
    message: `there is no engine \`${name}\` in ${namesOf(homes)}`,
    given: namesOf(homes),
    allowed: `environments with \`engines.${name}\``,
    fix: `add \`${name}: {}\` to \`engines\` in the environment’s file`,
  }),
});

/**
 * The problem of environments that lack what an entry of a tenant names.
 *
 * @param known the names that they have
 * @param section where a name can be added
 * @param none why there are no names, where there are none
 */
export function unknownIn(
  homes: readonly LinkedEnvironment[],
  known: readonly string[],
  { at, name, section, none }: Readonly<Record<'at' | 'name' | 'section' | 'none', string>>,
): Lack {
  const names = [...new Set(known)];
  return {
    at,
    message: `no ${at} \`${shorten(name)}\` in ${namesOf(homes)}`,
    given: show(name),
    allowed: names.length === 0 ? `none: ${none} in ${namesOf(homes)}` : listNames(names),
    fix: writeNearest(name, names, `add it to \`${section}\` in the environment’s file`),
  };
}

const namesOf = (homes: readonly LinkedEnvironment[]): string =>
  listNames(homes.map(({ environment }) => environment.inventoryName));
