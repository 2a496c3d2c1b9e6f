import type { AccessModel } from '../../access/principals/access-model';
import { StackReader, type StackJson, type StackOrigin } from '../../access/principals/from-terraform';
import { expiresSoon, type Declaration } from '../../access/proof/declaration';
import { findEscalations, isKnownCheck } from '../../access/proof/escalation';
import { failedExpectations } from '../../access/proof/expectations';
import { findCrossings } from '../../access/proof/isolation';
import type { OwnThing } from '../../access/proof/own-data';
import { ownFolders, thingsOfStack } from '../../access/proof/own-things';
import { serverOf } from '../../access/servers';
import type { Problem } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import type { StackPlan } from '../../stacks/create-stacks';
import { declarationsOf, type Declarations, type Placed } from './declarations';
import { limitExceptions } from './limit-exceptions';
import { ProofProblems } from './problems';

/** What was proven about the access to one cluster. */
export interface ClusterProof {
  readonly model: AccessModel;
  readonly declarations: Declarations;
}

/** What was proven, unless there are problems. */
export interface Proof {
  readonly clusters: readonly ClusterProof[];
  /** Everything that is not so, by place. */
  readonly problems: readonly Problem[];
  /** What is not so any more in the next 14 days. */
  readonly warnings: readonly Problem[];
}

/**
 * Proves from the Terraform JSON of stacks that no principal of a tenant reaches another tenant's data, that none of them escalates, and that
 * the inventory's expectations hold; exceptions from limits that have expired are problems too.
 *
 * @param plans all stacks of the inventory
 * @param stacks the same; the JSON of each is not needed after the next is asked for
 * @param now milliseconds since 1970
 */
export function prove(
  inventory: Inventory,
  plans: readonly StackPlan[],
  stacks: Iterable<StackJson>,
  now: number,
): Proof {
  const { models, created } = read(plans, stacks);
  const declared = declarationsOf(inventory);
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const words = new ProofProblems(inventory);
  const clusters = models.map((model): ClusterProof => {
    const declarations = declared.get(model.cluster ?? '') ?? none;
    const { sharing, exceptions, expectations } = declarations;
    const things = [...ownFolders(model), ...(created.get(model.cluster ?? '') ?? [])];
    const known = expectations.filter(({ policy }) => model.policies.has(policy));
    problems.push(
      ...(model.gaps ?? []).map((gap) => words.ofGap(gap)),
      ...findCrossings(model, { things, sharing, now }).map((crossing) => words.ofCrossing(crossing)),
      ...findEscalations(model, { exceptions, now }).map((finding) => words.ofEscalation(finding)),
      ...failedExpectations(model, known, now).map((failed) => words.ofDisappointment(failed)),
      ...exceptions
        .filter(({ check }) => !isKnownCheck(check))
        .map(({ check, place }) => words.ofUnknownCheck(check, place)),
    );
    warnings.push(
      ...[...sharing.filter(isPlaced), ...exceptions].filter((each) => expiresSoon(each, now)).map(ofExpiry),
    );
    return { model, declarations };
  });
  const limits = limitExceptions(inventory, now);
  problems.push(...limits.expired);
  warnings.push(...limits.expiring);
  return { clusters, problems: sorted(problems), warnings: sorted(warnings) };
}

interface Read {
  readonly models: readonly AccessModel[];
  /** What teams' stacks create in engines, by cluster. */
  readonly created: ReadonlyMap<string, readonly OwnThing[]>;
}

/** A function of its own, so that what the models are made from is not in memory during the proof. */
function read(plans: readonly StackPlan[], stacks: Iterable<StackJson>): Read {
  const origins = new Map(plans.map(({ name, origin }) => [name, originOf(origin)] as const));
  const reader = new StackReader({ originOf: (stack) => origins.get(stack) });
  const created = new Map<string, OwnThing[]>();
  for (const stack of stacks) {
    reader.add(stack);
    const { cluster = '', share } = origins.get(stack.name) ?? {};
    const things = share === undefined ? [] : thingsOfStack(stack.json, share);
    const known = created.get(cluster);
    if (known === undefined) created.set(cluster, things);
    else known.push(...things);
  }
  return { models: reader.models(), created };
}

const none: Declarations = { sharing: [], exceptions: [], expectations: [] };

const originOf = ({ cluster, dialect, environment, team }: StackPlan['origin']): StackOrigin => ({
  cluster,
  server: serverOf[dialect],
  ...(environment !== undefined && team !== undefined && { share: { environment, team } }),
});

const isPlaced = <T extends Declaration>(declaration: T | Placed<T>): declaration is Placed<T> =>
  'place' in declaration;

const ofExpiry = ({ until, reason, place }: Placed<Declaration>): Problem => ({
  ...place.position,
  message: `this does not count any more from ${until ?? ''} on: ${reason}`,
  fix: 'remove the access and this entry, or renew its day in time',
});

/** Each once: an entry of the inventory can be for several environments. */
const sorted = (problems: readonly Problem[]): Problem[] =>
  [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()].sort(byPlace);

const byPlace = (a: Problem, b: Problem): number =>
  (a.file ?? '').localeCompare(b.file ?? '', 'en') ||
  (a.line ?? 0) - (b.line ?? 0) ||
  (a.column ?? 0) - (b.column ?? 0);
