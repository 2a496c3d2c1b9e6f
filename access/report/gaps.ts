import type { AccessModel, PlacedPolicy } from '../principals/access-model';
import { withOwnEntity } from '../sets/own-entity';

/** What a model lacks. */
export const gapsOf = (model: AccessModel): string[] =>
  (model.gaps ?? []).map(({ message, source }) =>
    source?.address === undefined ? message : `${source.address}: ${message}`,
  );

/** Stanzas with identity templates that are on one side only: each token fills them with its own values. */
export function uncomparedTemplates(before: AccessModel | undefined, after: AccessModel | undefined): string[] {
  const of = (model: AccessModel | undefined): ReadonlySet<string> =>
    new Set(model && [...withOwnEntity(model).policies.values()].flatMap(templatesOf));
  const [old, current] = [of(before), of(after)];
  return [...current, ...old].filter((text) => !old.has(text) || !current.has(text));
}

/** Stanzas with identity templates. */
export const templatesOf = ({ policy }: PlacedPolicy): string[] =>
  policy.stanzas
    .filter(({ path }) => path.includes('{{'))
    .map(
      ({ path, capabilities }) =>
        `policy ${policy.name} has the template "${path}" (${capabilities.join(', ')}), which each token fills with its own values`,
    );
