import { parseDuration } from '../policy/duration';
import type { Identity } from './identity';
import { UnusablePolicyError } from './unusable-policy-error';

export interface TemplateContext {
  readonly identity?: Identity;
  /** Milliseconds since 1970, for `{{time.now}}`. */
  readonly now?: number;
  /** Texts that no value may contain, or the server fails every request of the token. */
  readonly blocked: readonly string[];
}

/** Whether a pattern has templates. */
export const isTemplate = (path: string): boolean => path.includes('{{');

/**
 * Pattern with its templates filled.
 *
 * @returns undefined if one cannot be filled: the stanza does not count then
 * @throws UnusablePolicyError if a value contains a text that is blocked
 */
export const fillTemplate = (path: string, context: TemplateContext): string | undefined => {
  const [first = '', ...pieces] = path.split('{{');
  let filled = first;
  for (const piece of pieces) {
    const [selector = '', rest = ''] = piece.split('}}');
    const value = lookUp(selector.trim(), context);
    if (value === undefined) return undefined;
    const blocked = context.blocked.find((text) => value.includes(text));
    if (blocked !== undefined) {
      throw new UnusablePolicyError(
        `a value for path "${path}" contains "${blocked}", which the policy does not permit`,
      );
    }
    filled += value + rest;
  }
  return filled;
};

const lookUp = (selector: string, { identity, now }: TemplateContext): string | undefined => {
  const entity = afterPrefix(selector, 'identity.entity.');
  if (entity !== undefined) return identity?.entity === undefined ? undefined : ofEntity(entity, identity.entity);
  const group = afterPrefix(selector, 'identity.groups.');
  if (group !== undefined) return ofGroups(group, identity?.groups ?? []);
  if (selector.startsWith('time.')) return now === undefined ? undefined : ofTime(selector, now);
  return undefined;
};

type Entity = NonNullable<Identity['entity']>;
type Group = NonNullable<Identity['groups']>[number];

const ofEntity = (selector: string, entity: Entity): string | undefined => {
  if (selector === 'id') return entity.id || undefined;
  if (selector === 'name') return entity.name || undefined;
  const key = afterPrefix(selector, 'metadata.');
  if (key !== undefined) return own(entity.metadata, key);
  const alias = splitOnce(afterPrefix(selector, 'aliases.') ?? '');
  return alias === undefined ? undefined : ofAlias(alias[1], own(entity.aliases, alias[0]));
};

const ofAlias = (selector: string, alias: Entity['aliases'][string] | undefined): string | undefined => {
  if (alias === undefined) return undefined;
  if (selector === 'id') return alias.id || undefined;
  if (selector === 'name') return alias.name || undefined;
  const key = afterPrefix(selector, 'metadata.');
  if (key !== undefined) return own(alias.metadata, key);
  const customKey = afterPrefix(selector, 'custom_metadata.');
  return customKey === undefined ? undefined : own(alias.customMetadata, customKey);
};

const ofGroups = (selector: string, groups: readonly Group[]): string | undefined => {
  const [by, rest] = splitOnce(selector) ?? [];
  const [wanted, field = ''] = splitOnce(rest ?? '') ?? [];
  if (by !== 'ids' && by !== 'names') return undefined;
  const group = groups.find(({ id, name }) => (by === 'ids' ? id : name) === wanted);
  if (group === undefined) return undefined;
  if (field === 'id') return group.id;
  if (field === 'name') return group.name || undefined;
  const key = afterPrefix(field, 'metadata.');
  return key === undefined ? undefined : own(group.metadata, key);
};

/** `time.now`, `time.now.plus.<duration>` or `time.now.minus.<duration>`, in seconds since 1970. */
const ofTime = (selector: string, now: number): string | undefined => {
  const [, word, operator, ...rest] = selector.split('.');
  if (word !== 'now') return undefined;
  const seconds = Math.floor(now / 1000);
  if (operator === undefined) return String(seconds);
  const offset = rest.length === 0 ? undefined : parseDuration(rest.join('.'));
  if (offset === undefined || (operator !== 'plus' && operator !== 'minus')) return undefined;
  return String(Math.floor(now / 1000 + (operator === 'plus' ? offset : -offset)));
};

const afterPrefix = (text: string, prefix: string): string | undefined =>
  text.startsWith(prefix) ? text.slice(prefix.length) : undefined;

const splitOnce = (text: string): [string, string] | undefined => {
  const dot = text.indexOf('.');
  return dot === -1 ? undefined : [text.slice(0, dot), text.slice(dot + 1)];
};

const own = <T>(values: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(values, key) ? values[key] : undefined;
