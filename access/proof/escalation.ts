import type { AccessModel, Owner, PlacedPolicy, Principal } from '../principals/access-model';
import { catalogue, loginEndpoints, type Escalation } from './catalogue';
import { isExpired, type Declaration } from './declaration';
import { accessOperations, Holder, withoutTemplates, type Requests, type Witness } from './holder';
import { patternOf, type Pattern } from './pattern';
import { PatternIndex } from './pattern-index';

/** Access that the inventory allows to a principal although it is in the catalogue. */
export interface EscalationException extends Declaration {
  /** Id of an entry of the catalogue. */
  readonly check: string;
  /** Id of the principal. */
  readonly principal: string;
}

/** An entry of the catalogue, or a token role, that somebody reaches. */
export interface Reached {
  readonly check: string;
  readonly reason: string;
  readonly witness: Witness;
}

/** A principal of a tenant that reaches an entry of the catalogue. */
export interface EscalationFinding extends Reached {
  readonly principal: Principal;
  readonly owner: Owner;
  /** An exception that would allow it, but has expired. */
  readonly expired?: EscalationException;
}

export interface EscalationOptions {
  readonly exceptions: readonly EscalationException[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What the holders of a policy or principal of the platform reach. */
export interface PlatformAccess {
  /** Name of a policy, or id of a principal. */
  readonly holder: string;
  readonly reached: readonly Reached[];
}

/** Everything in the catalogue that principals of tenants reach without a valid exception. Linear in the number of principals. */
export function findEscalations(model: AccessModel, options: EscalationOptions): EscalationFinding[] {
  const search = new Search(model, options.now);
  const { exceptions, now } = options;
  return model.principals.flatMap((principal) => {
    const { owner } = principal;
    if (owner === undefined) return [];
    return search.reachedBy(principal).flatMap((reached) => {
      const declared = exceptions.filter(({ check, principal: id }) => check === reached.check && id === principal.id);
      if (declared.some((exception) => !isExpired(exception, now))) return [];
      const [expired] = declared;
      return [{ ...reached, principal, owner, ...(expired !== undefined && { expired }) }];
    });
  });
}

/** What of the catalogue the platform's own policies and principals reach, for people to see; `root` reaches all. */
export function platformAccess(model: AccessModel, now: number): PlatformAccess[] {
  const search = new Search(model, now);
  const policies = [...model.policies.values()]
    .filter(({ owner, policy }) => owner === undefined && !['default', 'root'].includes(policy.name))
    .map(({ policy: { name } }) => ({ id: name, policies: [name] }));
  const principals = model.principals.filter(({ owner }) => owner === undefined);
  return [...policies, ...principals].map((holder) => ({ holder: holder.id, reached: search.reachedBy(holder) }));
}

/** Whether an exception can name the check. */
export const isKnownCheck = (check: string): boolean => [...catalogue, tokenRole].some(({ id }) => id === check);

type Bearer = Pick<Principal, 'id' | 'policies' | 'identity'>;

interface Target {
  readonly entry: Escalation;
  readonly within: Pattern;
  /** Paths that mean something else. */
  readonly except: readonly Requests[];
}

const tokenRoles: Pattern = patternOf('auth/token/create/+');

class Search {
  private readonly targets = new PatternIndex<Target>();
  /** What the stanzas of policies overlap; most overlap nothing. */
  private readonly touched = new Map<string, readonly Target[]>();
  private readonly decided = new Map<string, readonly Reached[]>();
  private readonly roles: readonly Principal[];

  constructor(
    private readonly model: AccessModel,
    private readonly now: number,
  ) {
    for (const entry of catalogue) {
      for (const path of entry.paths) {
        for (const prefix of prefixesOf(entry, model)) {
          const within = patternOf(`${prefix}${path}`);
          this.targets.add(within, { entry, within, except: prefix === longAuthPrefix ? shortAuthPaths : [] });
        }
      }
    }
    this.roles = model.principals.filter(({ kind }) => kind === 'token-role');
    if (this.roles.length > 0) this.targets.add(tokenRoles, { entry: tokenRole, within: tokenRoles, except: [] });
    for (const [name, placed] of model.policies) {
      const touched = this.touchedBy(placed);
      if (touched.length > 0) this.touched.set(name, touched);
    }
  }

  public reachedBy(bearer: Bearer): readonly Reached[] {
    if (!bearer.policies.some((name) => this.touched.has(name))) return [];
    const placed = bearer.policies.flatMap((name) => this.model.policies.get(name) ?? []);
    const targets = new Set(bearer.policies.flatMap((name) => this.touched.get(name) ?? []));
    const key = `${bearer.policies.join(' ')} ${bearer.identity === undefined ? '' : bearer.id}`;
    let reached = this.decided.get(key);
    if (reached === undefined) this.decided.set(key, (reached = this.decide(bearer, placed, targets)));
    return reached;
  }

  /** Targets that a stanza of the policy overlaps and has a capability for. */
  private touchedBy({ policy: { stanzas, templateValues, isRoot } }: PlacedPolicy): readonly Target[] {
    if (isRoot) return this.targets.overlapping(patternOf('*'));
    return stanzas.flatMap(({ path, capabilities }) =>
      this.targets
        .overlapping(patternOf(withoutTemplates(path, templateValues)))
        .filter(({ entry }) => entry.operations.some((operation) => capabilities.some((each) => each === operation))),
    );
  }

  private decide(bearer: Bearer, placed: readonly PlacedPolicy[], targets: ReadonlySet<Target>): readonly Reached[] {
    const policies = placed.map(({ policy }) => policy);
    const { identity } = bearer;
    const context = { server: this.model.server, now: this.now, ...(identity !== undefined && { identity }) };
    const holder = new Holder(policies, context);
    const found = new Map<string, Reached>();
    for (const { entry, within, except } of targets) {
      const { id: check, operations, capability, reason } = entry;
      if (found.has(check)) continue;
      const witness =
        entry === tokenRole
          ? this.tokenRoleOf(holder, bearer)
          : holder.findAllowed({ within, operations, except, ...(capability && { capability }) });
      if (witness !== undefined) found.set(check, { check, reason, witness });
    }
    // In the order of the catalogue.
    return [...catalogue, tokenRole].flatMap(({ id }) => found.get(id) ?? []);
  }

  /** Creation of tokens by a role that allows a policy which the creator does not have. */
  private tokenRoleOf(holder: Holder, bearer: Bearer): Witness | undefined {
    const own = new Set(bearer.policies);
    for (const { name, policies } of this.roles) {
      if (policies.every((policy) => own.has(policy))) continue;
      const within = patternOf(`auth/token/create/${name}`);
      const witness = holder.findAllowed({ within, operations: tokenRole.operations });
      if (witness !== undefined) return witness;
    }
    return undefined;
  }
}

/** Decided with the policies of each token role. */
export const tokenRole: Escalation = {
  id: 'token-create-role',
  below: 'api',
  paths: ['auth/token/create/+'],
  operations: ['create', 'update'],
  reason: 'tokens of the role can have policies that their creator does not have',
};

/** Auth mounts that belong to an environment have two segments, the others have one. */
const longAuthPrefix = 'auth/+/+/';
const authPrefixes = ['auth/+/', longAuthPrefix];

/** No auth mount is below that of tokens, or has the name of an endpoint as its second segment. */
const shortAuthPaths: readonly Requests[] = ['auth/token/*', ...loginEndpoints.map((name) => `auth/+/${name}/*`)].map(
  (path) => ({ path, operations: accessOperations }),
);

function prefixesOf({ below }: Escalation, { mounts }: AccessModel): readonly string[] {
  if (below === 'api') return [''];
  if (below === 'auth') return authPrefixes;
  const isMeant = (type: string): boolean => (below === 'engine' ? !['kv', 'kv-v2'].includes(type) : type === below);
  return mounts.filter(({ type }) => isMeant(type)).map(({ path }) => (path.endsWith('/') ? path : `${path}/`));
}
