import type { Stanza } from '../policy/policy';
import type { AccessModel, Owner, PlacedPolicy, Principal } from '../principals/access-model';
import { nameClasses } from './candidates';
import { isExpired, type Declaration } from './declaration';
import { accessOperations, Holder, isTemplated, withoutTemplates, type Requests, type Witness } from './holder';
import { OwnData, type Endpoint, type OwnThing, type ThingKind } from './own-data';
import { isSameOwner, ownerName } from './owner';
import { matches, overlaps, patternOf, type Pattern } from './pattern';

/** Paths of a tenant's own data that another tenant may reach. */
export interface Sharing extends Declaration {
  readonly owner: Owner;
  readonly with: Owner;
  readonly allowed: readonly Requests[];
}

/** A tenant that reaches another one's data. */
export interface Crossing {
  readonly owner: Owner;
  /** All principals of the tenant with the stanza that decides. */
  readonly principals: readonly Principal[];
  readonly witness: Witness;
  /** What the witness belongs to. */
  readonly data: { readonly owner: Owner; readonly kind: ThingKind; readonly name: string };
  /** Number of other things that the stanza makes reachable as well; an upper bound, because some of them can be the tenant's own. */
  readonly others: number;
  /** A declaration that would allow it, but has expired. */
  readonly expired?: Sharing;
}

export interface IsolationOptions {
  /** What tenants own. */
  readonly things: Iterable<OwnThing>;
  readonly sharing: readonly Sharing[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Every way in which a principal of a tenant reaches data of another tenant; none is a proof that there is none. Linear in the number of
 * principals and things: a principal is decided about only if a stanza of it overlaps what another tenant owns.
 */
export function findCrossings(model: AccessModel, options: IsolationOptions): Crossing[] {
  const search = new Search(model, options);
  for (const principal of model.principals) search.add(principal);
  return search.crossings;
}

type Finding = Omit<Crossing, 'owner' | 'principals'>;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

class Search {
  private readonly data: OwnData;
  /** Sharing by the tenant that it is with. */
  private readonly sharing: ReadonlyMap<string, readonly Sharing[]>;
  /** Names of policies of which a stanza overlaps what others than the owner of the policy own. */
  private readonly foreign: ReadonlySet<string>;
  /** By tenant, policies and identity. */
  private readonly decided = new Map<string, readonly Finding[]>();
  /** By tenant and stanza. */
  private readonly found = new Map<string, Mutable<Crossing> & { readonly principals: Principal[] }>();

  constructor(
    private readonly model: AccessModel,
    private readonly options: IsolationOptions,
  ) {
    this.data = new OwnData(options.things);
    this.sharing = groupBy(options.sharing, (sharing) => ownerName(sharing.with));
    const foreign = new Set<string>();
    for (const [name, placed] of model.policies) if (this.touchesForeign(placed)) foreign.add(name);
    this.foreign = foreign;
  }

  public get crossings(): Crossing[] {
    return [...this.found.values()];
  }

  public add(principal: Principal): void {
    const { owner, policies, identity } = principal;
    if (owner === undefined) return;
    const isForeign = policies.some((name) => {
      if (this.foreign.has(name)) return true;
      const whose = this.model.policies.get(name)?.owner;
      return whose !== undefined && !isSameOwner(whose, owner);
    });
    if (!isForeign) return;
    const placed = policies.flatMap((name) => this.model.policies.get(name) ?? []);
    const hasIdentity = identity !== undefined && placed.some(({ policy }) => policy.stanzas.some(isTemplated));
    const key = `${ownerName(owner)} ${policies.join(' ')} ${hasIdentity ? principal.id : ''}`;
    let findings = this.decided.get(key);
    if (findings === undefined) this.decided.set(key, (findings = this.decide(principal, owner, placed)));
    for (const finding of findings) this.report(finding, owner, principal);
  }

  private report(finding: Finding, owner: Owner, principal: Principal): void {
    const { policy = '', path = '' } = finding.witness.decision.by ?? {};
    const key = `${ownerName(owner)} ${policy} ${path}`;
    const known = this.found.get(key);
    if (known === undefined) {
      this.found.set(key, { ...finding, owner, principals: [principal] });
      return;
    }
    known.principals.push(principal);
    known.others = Math.max(known.others, finding.others);
  }

  private touchesForeign({ policy: { isRoot, stanzas, templateValues }, owner }: PlacedPolicy): boolean {
    const isOwn = (one: Owner): boolean => owner !== undefined && isSameOwner(one, owner);
    const isForeign = ({ path, capabilities }: Stanza): boolean => {
      if (capabilities.includes('deny')) return false;
      const pattern = patternOf(withoutTemplates(path, templateValues));
      return this.data.endpointsOf(pattern).some(({ prefix, collection }) => {
        const name = pattern.segments[prefix.length];
        return name === undefined || collection.names.get(name)?.every(isOwn) === false;
      });
    };
    return isRoot || stanzas.some(isForeign);
  }

  /** What the principal reaches, one finding for each stanza that decides. */
  private decide({ identity }: Principal, owner: Owner, placed: readonly PlacedPolicy[]): readonly Finding[] {
    const policies = placed.map(({ policy }) => policy);
    const { server } = this.model;
    const holder = new Holder(policies, { server, now: this.options.now, ...(identity !== undefined && { identity }) });
    const patterns = policies.some(({ isRoot }) => isRoot) ? [everything] : holder.patterns;
    const sharing = this.sharing.get(ownerName(owner)) ?? [];
    const cutters = [...patterns, ...sharing.flatMap(({ allowed }) => allowed.map(({ path }) => patternOf(path)))];
    const findings = new Map<string, Mutable<Finding>>();
    for (const endpoint of new Set(patterns.flatMap((pattern) => this.data.endpointsOf(pattern)))) {
      const inside: Pattern = { segments: endpoint.prefix, rest: '' };
      const near = cutters.filter((pattern) => overlaps(pattern, inside));
      for (const { name, size } of nameClasses(endpoint, near, owner)) {
        const finding = this.ask(holder, endpoint, { name, by: owner, sharing });
        if (finding === undefined) continue;
        const { policy = '', path = '' } = finding.witness.decision.by ?? {};
        const known = findings.get(`${policy} ${path}`);
        if (known === undefined) findings.set(`${policy} ${path}`, { ...finding, others: size - 1 });
        else known.others += size;
      }
    }
    return [...findings.values()];
  }

  private ask(holder: Holder, { prefix, collection }: Endpoint, { name, by, sharing }: Thing): Finding | undefined {
    const owner = collection.names.get(name)?.find((each) => !isSameOwner(each, by));
    if (owner === undefined) return undefined;
    const own = sharing.filter((each) => isSameOwner(each.owner, owner));
    const { now } = this.options;
    const except = own.filter((each) => !isExpired(each, now)).flatMap(({ allowed }) => allowed);
    const segments = [...prefix, name];
    for (const within of [{ segments }, { segments, rest: '' }]) {
      const witness = holder.findAllowed({ within, operations: accessOperations, except });
      if (witness === undefined) continue;
      const asked = witness.path.split('/');
      const expired = own.find(
        (each) => isExpired(each, now) && each.allowed.some(({ path }) => matches(patternOf(path), asked)),
      );
      const data = { owner, kind: collection.kind, name };
      return { witness, data, others: 0, ...(expired !== undefined && { expired }) };
    }
    return undefined;
  }
}

/** A name in an endpoint, the tenant that may reach it, and what is shared with that tenant. */
interface Thing {
  readonly name: string;
  readonly by: Owner;
  readonly sharing: readonly Sharing[];
}

const everything: Pattern = { segments: [], rest: '' };

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
