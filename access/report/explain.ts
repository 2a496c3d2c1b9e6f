import { Acl } from '../decide/acl';
import { matches } from '../decide/match';
import type { CompileContext } from '../decide/merge-stanzas';
import { compareRanks, rankOf, type Rank } from '../decide/outranks';
import type { Decision, Operation } from '../decide/request';
import { effectivePath, isListing, neededCapability } from '../decide/requirements';
import type { Rule } from '../decide/rule';
import { capabilitiesOf } from '../policy/parse-capabilities';
import { parsePolicy } from '../policy/parse-policy';
import { PolicyError, type Policy } from '../policy/policy';
import type { Principal } from '../principals/access-model';
import { servers, type Server } from '../servers';
import { rulesOfModel } from '../sets/compile-model';
import { why } from '../sets/why';
import type { PlacedModel, PlacedStanza } from './entry';
import { placeStanza } from './stanza-text';

/** Everything about one request of one principal that a person asks next. */
export interface ExplainedAccess {
  readonly decision: Decision;
  /** Path by which the server decides. */
  readonly path: string;
  /** Stanzas of the rule that decides, in the order of the policies. */
  readonly deciding: readonly PlacedStanza[];
  /** Other stanzas that match, the best first, each with the reason why it does not decide. */
  readonly losing: readonly { readonly stanza: PlacedStanza; readonly because: string }[];
  /** What would allow it, one sentence each, tried out. Empty if it is allowed. */
  readonly needed: readonly string[];
  readonly policies: readonly string[];
  /** Policies of the principal that do not exist. */
  readonly missingPolicies: readonly string[];
}

/** Explains a request. @param now milliseconds since 1970 */
export function explainAccess(
  placed: PlacedModel,
  principal: Principal,
  operation: Operation,
  requested: string,
  now: number,
): ExplainedAccess {
  const { model } = placed;
  const explanation = why(model, principal.id, operation, requested, now);
  if (explanation === undefined) throw new Error(`no principal ${principal.id}`);
  const { decision, policies, missingPolicies } = explanation;
  const path = effectivePath({ operation, path: requested });
  const { names, identity } = rulesOfModel(model)(principal);
  const held = names.flatMap((name) => model.policies.get(name)?.policy ?? []);
  const context = { server: model.server, ...(identity && { identity }), now };
  const acl = Acl.compile(held, context);
  const forms = isListing(operation) ? [path, path.slice(0, -1)] : [path];
  const matching = acl.rules
    .filter((rule) => forms.some((form) => matches(rule, form)))
    .sort((a, b) => compareRanks(rankOf(b), rankOf(a)).difference);
  // Stanzas with the same path are one rule.
  const winner = matching.find(({ from }) => from.some((each) => each.path === decision.by?.path));
  const place = (rule: Rule): PlacedStanza[] => rule.from.map((reference) => placeStanza(reference, placed));
  return {
    decision,
    path,
    deciding: winner === undefined ? [] : place(winner),
    losing: matching
      .filter((rule) => rule !== winner)
      .flatMap((rule) =>
        place(rule).map((stanza) => ({
          stanza,
          because: winner === undefined ? '' : whyItLoses(winner, rule, model.server),
        })),
      ),
    needed: decision.allowed ? [] : needed({ context, held, operation, path, deciding: winner }),
    policies,
    missingPolicies,
  };
}

const reasons: Readonly<Record<keyof Rank, string>> = {
  isExact: 'has a wildcard, and the other is exact',
  firstWildcard: 'its first wildcard comes earlier',
  isOpen: 'it ends in *',
  wildcards: 'it has more + segments',
  length: 'it is shorter',
  text: 'it is the earlier one of two that are equally long',
};

function whyItLoses(winner: Rule, rule: Rule, server: Server): string {
  const { by, difference } = compareRanks(rankOf(winner), rankOf(rule));
  const areExact = winner.kind === 'exact' && rule.kind === 'exact';
  if (difference > 0 && !areExact) return reasons[by];
  // Only a LIST and a SCAN have two forms of their path, with and without the final slash.
  return servers[server].listing === 'pooled' && !areExact
    ? 'it neither grants nor denies list'
    : 'this server looks at the other form of the path first';
}

interface Attempt {
  readonly context: CompileContext;
  readonly held: readonly Policy[];
  readonly operation: Operation;
  readonly path: string;
  readonly deciding: Rule | undefined;
}

/** Adds a stanza for exactly this path, and decides again. */
function needed({ context, held, operation, path, deciding }: Attempt): string[] {
  const capability = neededCapability[operation];
  if (capability === undefined) return [];
  if (!capabilitiesOf(context.server).includes(capability)) {
    return [`another server: this one has no capability ${capability}`];
  }
  for (const capabilities of [[capability], [capability, 'sudo']]) {
    const text = `path ${JSON.stringify(path)} {\n  capabilities = ${JSON.stringify(capabilities).replaceAll(',', ', ')}\n}`;
    const added = policyIfAccepted(text, context.server);
    if (added !== undefined && Acl.compile([...held, added], context).allows({ operation, path })) {
      return [`a stanza in one of its policies:\n${text}`];
    }
  }
  const [first] = deciding?.from ?? [];
  return first === undefined
    ? []
    : [
        `a change of the stanza that decides (policy ${first.policy}, line ${first.position.line}): an exact stanza cannot win over it`,
      ];
}

/** Undefined for a path that no policy can name, for example one with `+*`. */
function policyIfAccepted(text: string, server: Server): Policy | undefined {
  try {
    return parsePolicy('added', text, server);
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}
