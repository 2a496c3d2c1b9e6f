import type { AccessModel, PlacedPolicy } from '../principals/access-model';

/** What a model lacks. */
export const gapsOf = (model: AccessModel): string[] =>
  (model.gaps ?? []).map(({ message, source }) =>
    source?.address === undefined ? message : `${source.address}: ${message}`,
  );

/** Stanzas with identity templates that are on one side only: each token fills them with its own values. */
export function uncomparedTemplates(before: AccessModel | undefined, after: AccessModel | undefined): string[] {
  const old = new Set([...(before?.policies.values() ?? [])].flatMap(templatesOf));
  const current = new Set([...(after?.policies.values() ?? [])].flatMap(templatesOf));
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
