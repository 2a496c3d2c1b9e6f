import type { AccessModel, PlacedPolicy } from '../principals/access-model';

/** The policy `default` has such stanzas. */
const template = /^identity\/entity\/(id|name)\/\{\{\s*identity\.entity\.\1\s*\}\}$/;

/** Stands for the id or the name of the token's entity in patterns and witnesses. */
const ownEntity = '<its own entity>';

/** Whether a path of a comparison is that of the token's entity: no request has this path. */
export const isOwnEntityPath = (path: string): boolean => path.includes(ownEntity);

/**
 * A model to compare: in stanzas for the entity of the token itself, the entity has no name. So nothing is gained or lost where an entity
 * becomes known, because each token has one, and its id is known only when it is created.
 */
export const withOwnEntity = (model: AccessModel): AccessModel => ({
  ...model,
  policies: new Map([...model.policies].map(([name, placed]) => [name, placedWithOwnEntity(placed)])),
});

const placedWithOwnEntity = (placed: PlacedPolicy): PlacedPolicy => {
  const { policy } = placed;
  if (!policy.stanzas.some(({ path }) => template.test(path))) return placed;
  const stanzas = policy.stanzas.map((stanza) => ({
    ...stanza,
    path: stanza.path.replace(template, `identity/entity/$1/${ownEntity}`),
  }));
  return { ...placed, policy: { ...policy, stanzas } };
};
