import type { Policy } from '../policy/policy';
import { servers, type Server } from '../servers';
import { capabilityBit } from './capability';
import { conditionProblem } from './conditions';
import { explain } from './explain';
import { mergeStanzas, type CompileContext, type MergedRule } from './merge-stanzas';
import type { AccessRequest, Decision } from './request';
import { effectiveOperation, effectivePath, neededBit } from './requirements';
import type { Rule } from './rule';
import { RuleIndex } from './rule-index';
import { needsSudo } from './sudo-paths';
import { UnusablePolicyError } from './unusable-policy-error';

/** What the holder of some policies may do, decided as a server decides it. */
export class Acl {
  /** Compiles all policies of one token. Their order counts only for the stanza that {@link Decision.by} names. */
  public static compile(policies: readonly Policy[], context: CompileContext): Acl {
    const { server } = context;
    if (policies.some(({ isRoot }) => isRoot)) {
      const isAlone = policies.length === 1;
      return new Acl(server, isAlone, [], isAlone ? undefined : 'the policy root must be the only policy of a token');
    }
    try {
      return new Acl(server, false, mergeStanzas(policies, context));
    } catch (error) {
      if (error instanceof UnusablePolicyError) return new Acl(server, false, [], error.message);
      throw error;
    }
  }

  private made: RuleIndex | undefined;

  private constructor(
    public readonly server: Server,
    /** Whether everything is allowed. */
    public readonly isRoot: boolean,
    private readonly merged: readonly MergedRule[],
    /** Why the server fails every request of the token, if it does. */
    public readonly failure?: string,
  ) {}

  /** All rules, each pattern and kind once. */
  public get rules(): readonly Rule[] {
    return this.merged;
  }

  /** Made when the first request is decided: sets of paths are computed without it. */
  private get index(): RuleIndex {
    return (this.made ??= new RuleIndex(this.merged, servers[this.server].listing));
  }

  /** Decides without reasons. */
  public allows(request: AccessRequest): boolean {
    if (this.isRoot) return true;
    if (this.failure !== undefined) return false;
    const operation = effectiveOperation(request);
    if (operation === 'help') return true;
    const path = effectivePath(request);
    const rule = this.index.winner(operation, path);
    if (rule === undefined || (rule.capabilities & neededBit[operation]) === 0) return false;
    if ((rule.capabilities & capabilityBit.sudo) === 0 && needsSudo(this.server, path)) return false;
    const { conditions } = rule;
    return conditions === undefined || conditionProblem(conditions, operation, request, this.server) === undefined;
  }

  /** Decides, with the stanza that decided and a sentence that says why. */
  public decide(request: AccessRequest): Decision {
    if (this.isRoot) return { allowed: true, reason: 'The policy root allows everything.' };
    if (this.failure !== undefined) {
      return { allowed: false, reason: `The server fails every request: ${this.failure}.` };
    }
    const operation = effectiveOperation(request);
    if (operation === 'help') return { allowed: true, reason: 'Every token may read the help of a path.' };
    const path = effectivePath(request);
    const rule = this.index.winner(operation, path);
    if (rule === undefined) return { allowed: false, reason: `No stanza matches ${path}.` };
    return explain({ index: this.index, server: this.server, rule, operation, path, request });
  }
}
