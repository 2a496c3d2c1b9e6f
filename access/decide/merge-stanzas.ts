import type { ParameterRules, Policy, Stanza } from '../policy/policy';
import type { Server } from '../servers';
import { capabilityBit, capabilityMask } from './capability';
import type { Identity } from './identity';
import { rankOf, type Rank } from './outranks';
import type { StanzaReference } from './request';
import type { Rule, RuleConditions, RuleKind } from './rule';
import { fillTemplate, isTemplate } from './template';
import { UnusablePolicyError } from './unusable-policy-error';

export interface CompileContext {
  readonly server: Server;
  /** What templates are filled from. @default - none: stanzas with templates of an identity do not count */
  readonly identity?: Identity;
  /** Milliseconds since 1970, for expirations and `{{time.now}}`. @default - nothing has expired */
  readonly now?: number;
}

/** A rule with its rank, and with the capabilities of each stanza that was merged into it. */
export interface MergedRule extends Rule {
  /** Bit sets, in the order of {@link Rule.from}. */
  readonly contributed: readonly number[];
  readonly rank: Rank;
}

interface Draft {
  readonly kind: RuleKind;
  readonly text: string;
  readonly path: string;
  capabilities: number;
  conditions: RuleConditions;
  readonly from: StanzaReference[];
  readonly contributed: number[];
}

/** Merges the stanzas of a token's policies as the server does. @throws UnusablePolicyError */
export const mergeStanzas = (policies: readonly Policy[], context: CompileContext): MergedRule[] => {
  const drafts = new Map<string, Draft>();
  for (const policy of policies) {
    for (const stanza of policy.stanzas) {
      // The server fills templates even of stanzas that have expired, which matters if a value is not permitted.
      const filled = fill(policy, stanza, context);
      if (filled === undefined || isExpired(stanza, context)) continue;
      const { kind, text } = classify(filled, stanza, policy);
      const key = `${kind} ${text}`;
      const draft = drafts.get(key);
      const reference = { policy: policy.name, path: stanza.path, position: stanza.position };
      if (draft === undefined) drafts.set(key, begin(kind, text, stanza, reference));
      else merge(draft, stanza, reference);
    }
  }
  return Array.from(drafts.values(), ({ kind, text, path, capabilities, conditions, from, contributed }) => {
    const rule = { kind, text, path, capabilities, from, contributed, rank: rankOf({ kind, text }) };
    return isConstrained(capabilities, conditions) ? { ...rule, conditions } : rule;
  });
};

const isExpired = ({ expiresAt = Infinity }: Stanza, { now = -Infinity }: CompileContext): boolean => now > expiresAt;

/** Pattern of a stanza with its templates filled. @returns undefined if one cannot be filled */
const fill = (policy: Policy, { path }: Stanza, context: CompileContext): string | undefined => {
  if (!isTemplate(path)) return path;
  const { wildcards, slashes } = policy.templateValues;
  const blocked = context.server === 'openbao-2.7' ? [...(slashes ? [] : ['/']), ...(wildcards ? [] : ['*', '+'])] : [];
  const filled = fillTemplate(path, { ...context, blocked });
  // The server drops a leading slash after it fills templates, but only one.
  return filled?.startsWith('/') ? filled.slice(1) : filled;
};

const classify = (pattern: string, stanza: Stanza, policy: Policy): { kind: RuleKind; text: string } => {
  if (pattern.includes('+*')) {
    throw new UnusablePolicyError(
      `the templates of path "${stanza.path}" in policy ${policy.name} make it "${pattern}", and "+*" is invalid`,
    );
  }
  if (pattern === '+' || pattern.startsWith('+/') || pattern.includes('/+')) return { kind: 'segments', text: pattern };
  return pattern.endsWith('*') ? { kind: 'prefix', text: pattern.slice(0, -1) } : { kind: 'exact', text: pattern };
};

const begin = (kind: RuleKind, text: string, stanza: Stanza, reference: StanzaReference): Draft => {
  const capabilities = capabilityMask(stanza.capabilities);
  return {
    kind,
    text,
    path: stanza.path,
    capabilities,
    conditions: stanza,
    from: [reference],
    contributed: [capabilities],
  };
};

const merge = (draft: Draft, stanza: Stanza, reference: StanzaReference): void => {
  if (draft.capabilities & capabilityBit.deny) return;
  const capabilities = capabilityMask(stanza.capabilities);
  draft.from.push(reference);
  draft.contributed.push(capabilities);
  if (capabilities & capabilityBit.deny) {
    draft.capabilities = capabilityBit.deny;
    return;
  }
  draft.capabilities |= capabilities;
  const { conditions } = draft;
  draft.conditions = {
    allowedParameters: mergeParameters(conditions.allowedParameters, stanza.allowedParameters),
    deniedParameters: mergeParameters(conditions.deniedParameters, stanza.deniedParameters),
    requiredParameters: [...new Set([...conditions.requiredParameters, ...stanza.requiredParameters])],
    minWrappingTtlSeconds: smaller(conditions.minWrappingTtlSeconds, stanza.minWrappingTtlSeconds),
    maxWrappingTtlSeconds: smaller(conditions.maxWrappingTtlSeconds, stanza.maxWrappingTtlSeconds),
    paginationLimit: smaller(conditions.paginationLimit, stanza.paginationLimit),
  };
};

const mergeParameters = (a: RuleConditions['allowedParameters'], b: ParameterRules): typeof a => {
  const merged = new Map(a);
  for (const [parameter, values] of b) {
    const existing = a.get(parameter);
    const isAny = values.length === 0 || existing?.length === 0;
    merged.set(parameter, isAny ? [] : [...values, ...(existing ?? [])]);
  }
  return merged;
};

/** The smaller of two limits, of which those that are not positive are none; but the first one stays if both are none. */
const smaller = (existing: number, added: number): number =>
  added > 0 && (existing === 0 || added < existing) ? added : existing;

const isConstrained = (capabilities: number, conditions: RuleConditions): boolean =>
  (capabilities & capabilityBit.deny) === 0 &&
  (conditions.allowedParameters.size > 0 ||
    conditions.deniedParameters.size > 0 ||
    conditions.requiredParameters.length > 0 ||
    conditions.minWrappingTtlSeconds !== 0 ||
    conditions.maxWrappingTtlSeconds !== 0 ||
    conditions.paginationLimit > 0);
