import { Acl } from '../decide/acl';
import { capabilityBit } from '../decide/capability';
import type { Identity } from '../decide/identity';
import { matches as matchesRule } from '../decide/match';
import { outranks } from '../decide/outranks';
import type { Decision, Operation } from '../decide/request';
import { sudoPaths } from '../decide/sudo-paths';
import type { Capability, ParameterRules, Policy, Stanza } from '../policy/policy';
import type { Server } from '../servers';
import { matches, patternOf, patternOfRule, type Pattern } from './pattern';
import { representatives } from './representatives';

/** Operations with which a client reads or changes something. */
export const accessOperations = ['read', 'list', 'scan', 'create', 'update', 'patch', 'delete', 'recover'] as const;

export interface HolderContext {
  readonly server: Server;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** @default - not known: an identity template of a policy stands for any one segment */
  readonly identity?: Identity;
}

/** A path that is allowed, or is not, with the operation. */
export interface Witness {
  readonly operation: Operation;
  readonly path: string;
  readonly decision: Decision;
}

/** All paths that match a pattern, with each of the operations. */
export interface Requests {
  /** In the syntax of policies. */
  readonly path: string;
  readonly operations: readonly Operation[];
}

/** What is asked about. */
export interface Question {
  readonly within: Pattern;
  readonly operations: readonly Operation[];
  /** Capability that the stanza which decides must have as well. @default - none */
  readonly capability?: Capability;
  /** Requests that are left out. @default - none */
  readonly except?: readonly Requests[];
}

/**
 * Somebody with policies, who may choose the parameters of requests. Access counts as possible if some parameters, some wrapping TTL and
 * some value of each unknown template allow it, because values of parameters are no boundary. It counts as certain if the decision does not
 * depend on unknown templates.
 */
export class Holder {
  /** The token without the stanzas that contain unknown templates. */
  private readonly known: PatternedAcl;
  /** One for each stanza with unknown templates: whatever the values are, one of all decides as the token does, or denies. */
  private readonly unknown: readonly PatternedAcl[];

  constructor(policies: readonly Policy[], { server, now, identity }: HolderContext) {
    const context = { server, now, ...(identity !== undefined && { identity }) };
    const compile = (list: readonly Policy[]): PatternedAcl => patterned(Acl.compile(list, context));
    const plain = policies.map(withoutConditions);
    const hasUnknown = identity === undefined && plain.some(({ stanzas }) => stanzas.some(isTemplated));
    this.known = compile(hasUnknown ? plain.map((policy) => keep(policy, (stanza) => !isTemplated(stanza))) : plain);
    this.unknown = hasUnknown
      ? plain.flatMap((policy) =>
          policy.stanzas
            .filter((stanza) => isTemplated(stanza) && !stanza.capabilities.includes('deny'))
            .map((stanza) =>
              compile([
                { ...policy, stanzas: [{ ...stanza, path: withoutTemplates(stanza.path, policy.templateValues) }] },
              ]),
            ),
        )
      : [];
  }

  /** Patterns of all stanzas that can decide. */
  public get patterns(): readonly Pattern[] {
    return [this.known, ...this.unknown].flatMap(({ patterns }) => patterns);
  }

  /** Allowed access to one of the paths; undefined if all access is certainly denied. Exact. */
  public findAllowed(question: Question): Witness | undefined {
    for (const acl of [this.known, ...this.unknown]) {
      const witness = find(acl, question, true);
      if (witness !== undefined) return witness;
    }
    return undefined;
  }

  /** Denied access to one of the paths; undefined if all access is certainly allowed. Exact. */
  public findDenied(question: Question): Witness | undefined {
    return find(this.known, question, false);
  }
}

interface PatternedAcl {
  readonly acl: Acl;
  readonly patterns: readonly Pattern[];
}

const patterned = (acl: Acl): PatternedAcl => ({ acl, patterns: acl.rules.map(patternOfRule) });

/** Paths of a server that are decided in another way than those beside them. */
const sudoPatterns: Readonly<Record<Server, readonly Pattern[]>> = {
  'vault-1.21': sudoPaths['vault-1.21'].map(patternOf),
  'vault-2': sudoPaths['vault-2'].map(patternOf),
  'openbao-2.7': sudoPaths['openbao-2.7'].map(patternOf),
};

/** The first request whose answer is the given one. */
function find(
  { acl, patterns }: PatternedAcl,
  { within, operations, capability, except = [] }: Question,
  allowed: boolean,
): Witness | undefined {
  const left = except.map((requests) => ({ pattern: patternOf(requests.path), operations: requests.operations }));
  const cutters = [...patterns, ...sudoPatterns[acl.server], ...left.map(({ pattern }) => pattern)];
  for (const text of representatives(within, cutters)) {
    for (const operation of operations) {
      const path = requested(operation, text);
      const request = { operation, path };
      if (acl.allows(request) !== allowed) continue;
      if (capability !== undefined && !hasCapability(acl, path, capability)) continue;
      const segments = path.split('/');
      if (left.some((each) => each.operations.includes(operation) && matches(each.pattern, segments))) continue;
      return { operation, path, decision: acl.decide(request) };
    }
  }
  return undefined;
}

/** Whether the rule that decides about the path has the capability. */
function hasCapability({ rules, isRoot }: Acl, path: string, capability: Capability): boolean {
  if (isRoot) return true;
  const [first, ...others] = rules.filter((rule) => matchesRule(rule, path));
  if (first === undefined) return false;
  const winner = others.reduce((best, rule) => (outranks(rule, best) ? rule : best), first);
  return (winner.capabilities & capabilityBit[capability]) !== 0;
}

/** The path that the server decides about. */
const requested = (operation: Operation, path: string): string =>
  (operation === 'list' || operation === 'scan') && !path.endsWith('/') ? `${path}/` : path;

const template = /\{\{.*?\}\}/;

export const isTemplated = ({ path }: Pick<Stanza, 'path'>): boolean => path.includes('{{') && template.test(path);

/**
 * Each segment that contains a template becomes any one segment, and a last one with `*` any rest. OpenBao can allow slashes and wildcards in
 * values; then nothing is known about the path after the first template.
 */
export function withoutTemplates(path: string, { slashes, wildcards }: Policy['templateValues']): string {
  if (!isTemplated({ path })) return path;
  if (slashes || wildcards) return `${path.slice(0, path.indexOf('{{'))}*`;
  return path
    .split('/')
    .map((segment, index, { length }) => {
      if (!template.test(segment)) return segment;
      return index === length - 1 && segment.endsWith('*') ? '*' : '+';
    })
    .join('/');
}

const keep = (policy: Policy, isKept: (stanza: Stanza) => boolean): Policy => ({
  ...policy,
  stanzas: policy.stanzas.filter(isKept),
});

const none: ParameterRules = new Map();

function withoutConditions(policy: Policy): Policy {
  if (!policy.stanzas.some(isConditional)) return policy;
  return {
    ...policy,
    stanzas: policy.stanzas.map((stanza) => ({
      ...stanza,
      allowedParameters: none,
      deniedParameters: none,
      requiredParameters: [],
      minWrappingTtlSeconds: 0,
      maxWrappingTtlSeconds: 0,
      paginationLimit: 0,
    })),
  };
}

const isConditional = (stanza: Stanza): boolean =>
  stanza.allowedParameters.size + stanza.deniedParameters.size + stanza.requiredParameters.length > 0 ||
  stanza.minWrappingTtlSeconds + stanza.maxWrappingTtlSeconds + stanza.paginationLimit > 0;
