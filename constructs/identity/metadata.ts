import { metadataTextRule, metadataWordRule } from '../../model/language/rules/metadata';
import { valueProblems, type PropsRule } from '../validate-props';

/** Metadata of an entity or a group, by key. */
export type Metadata = Readonly<Record<string, string>>;

/**
 * Policies insert metadata into paths before the server looks for wildcards. So a value `*` would grant a whole folder, and a value
 * with a slash another path.
 */
export const metadataRule: PropsRule<{ readonly metadata?: Metadata }> = ({ metadata = {} }) => [
  ...valueProblems('metadata', metadataWordRule, Object.keys(metadata)),
  ...Object.entries(metadata).flatMap(([key, value]) => valueProblems(`metadata.${key}`, metadataTextRule, [value])),
];
