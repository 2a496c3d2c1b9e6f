import { namesOf, type LinkedEnvironment } from '../environment/environment';
import type { Lack, Provided } from './owned';

/** What an environment has for an entry that needs one of its engines. */
export function fromEngine<Provider>(home: LinkedEnvironment, provider: Provider | undefined): Provided<Provider> {
  if (provider !== undefined) return { provider };
  return home.unsound.has('engines') ? 'unsound' : 'lacking';
}

/** The problem of environments without an engine. */
export function engineLack(homes: readonly LinkedEnvironment[], name: 'aws' | 'ssh' | 'transit'): Lack {
  return {
    at: [],
    message: `there is no engine \`${name}\` in ${namesOf(homes)}`,
    given: namesOf(homes),
    allowed: `environments with \`engines.${name}\``,
    fix: `add \`${name}:\` to \`engines\` in the environment’s file`,
  };
}
