import type { Gap, Owner, Principal } from '../../access/principals/access-model';
import { catalogue } from '../../access/proof/catalogue';
import { tokenRole, type EscalationFinding } from '../../access/proof/escalation';
import type { Disappointment, Expectation } from '../../access/proof/expectations';
import type { Witness } from '../../access/proof/holder';
import type { Crossing } from '../../access/proof/isolation';
import type { ThingKind } from '../../access/proof/own-data';
import { ownerName } from '../../access/proof/owner';
import type { Problem } from '../../model/errors';
import type { Inventory } from '../../model/inventory';
import { fillIn } from '../../model/names';
import type { Place } from '../../model/source/place';
import { unknownName } from '../../model/unknown-name';
import type { Placed } from './declarations';

/** What each kind of thing is called. */
const thingNames: Readonly<Record<ThingKind, string>> = {
  documents: 'documents',
  documents1: 'documents',
  'transit-key': 'a key',
  'pki-role': 'a role for certificates',
  'database-role': 'a role for databases',
  'database-static-role': 'a role for databases',
  'aws-role': 'a role for AWS',
  'aws-static-role': 'a role for AWS',
  'ssh-role': 'a role for SSH',
  'kubernetes-role': 'a role for Kubernetes',
  'totp-key': 'a key for one-time passwords',
};

/** Turns what a proof finds into problems of the inventory, each at the entry that it is about. */
export class ProofProblems {
  constructor(private readonly inventory: Inventory) {}

  public ofCrossing({ owner, principals, witness, data, others, expired }: Crossing): Problem {
    const more = others > 0 ? `, and of up to ${others} others` : '';
    const { file = `inventory/tenants/${data.owner.team}/${data.owner.tenant}.yaml` } = this.placeOf(data.owner);
    return {
      ...this.placeOf(owner, witness.decision.by?.policy),
      message: `${ownerName(owner)} can ${witness.operation} ${thingNames[data.kind]} of ${ownerName(data.owner)}${more}`,
      given: `${requestOf(witness)}, as ${idsOf(principals)}`,
      allowed: `what belongs to the tenant, and what \`sharing\` in ${file} declares${expiryOf(expired)}`,
      fix: `narrow the path, or declare it in ${file} with a reason and a day`,
    };
  }

  public ofEscalation({ owner, principal, check, reason, witness, expired }: EscalationFinding): Problem {
    return {
      ...this.placeOf(owner, witness.decision.by?.policy),
      message: `a login of ${ownerName(owner)} can get more access than it has (${check}): ${reason}`,
      given: `${requestOf(witness)}, as ${principal.id}`,
      allowed: `none of the check ${check}, unless \`exceptions\` of the environment or the cluster lists it${expiryOf(expired)}`,
      fix: `remove the access, or add {check: ${check}, principal: '${principal.id}', reason: …, until: …} to \`exceptions\` in inventory/environments/${this.fileOf(owner)}.yaml`,
    };
  }

  public ofDisappointment({ expectation, principal, witness }: Disappointment<Placed<Expectation>>): Problem {
    const { effect, policy, place } = expectation;
    const who = principal === undefined ? `a token with the policy ${policy}` : principal.id;
    const can = effect === 'allow' ? 'cannot' : 'can';
    return {
      ...place.position,
      message: `${who} ${can} ${witness.operation} ${witness.path}, which \`expect\` ${effect === 'allow' ? 'allows' : 'denies'}`,
      given: witness.decision.reason.replace(/\.$/, ''),
      fix: effect === 'allow' ? 'grant it, or remove the expectation' : 'narrow the grant, or remove the expectation',
    };
  }

  /** What the model of the access lacks, so that nothing is proven about it. */
  public ofGap({ message, source }: Gap): Problem {
    return {
      message: `the access cannot be proven: ${message}`,
      ...(source?.address !== undefined && { given: source.address }),
      fix: 'write the value itself, or a reference to a resource of the same stack',
    };
  }

  /** Exceptions from checks that do not exist. */
  public ofUnknownCheck(check: string, place: Place): Problem {
    const known = [...catalogue, tokenRole].map(({ id }) => id);
    return { ...place.at('check').position, ...unknownName({ message: 'unknown check', given: check, known }) };
  }

  /** Name of the file of an owner's environment. */
  private fileOf({ environment }: Owner): string {
    return this.inventory.environments.find(({ name }) => name === environment)?.inventoryName ?? environment;
  }

  /** Place of a policy in the tenant's file, or the file. */
  private placeOf({ team, tenant: name, environment }: Owner, policy = ''): Pick<Problem, 'file' | 'line' | 'column'> {
    const source = this.inventory.tenants.find((tenant) => tenant.team === team && tenant.name === name)?.source;
    if (source === undefined) return {};
    const read = source.read();
    const { policies = [] } = ('value' in read ? read.value : {}) as {
      readonly policies?: readonly { name: string }[];
    };
    const index = policies.findIndex((each) => fillIn(each.name, { name: environment }) === policy);
    return { file: source.file, ...source.position(index === -1 ? [] : ['policies', index]) };
  }
}

/** For example `read v1/devel/kv/data/ledger/x by path "v1/devel/kv/data/*" of shop.app.devel, line 3`. */
function requestOf({ operation, path, decision: { by } }: Witness): string {
  const stanza = by === undefined ? '' : ` by path "${by.path}" of ${by.policy}, line ${by.position.line}`;
  return `${operation} ${path}${stanza}`;
}

function idsOf(principals: readonly Principal[]): string {
  const [first, ...others] = principals.map(({ id }) => id);
  return others.length === 0 ? String(first) : `${first} and ${others.length} others`;
}

const expiryOf = (expired: { readonly until?: string } | undefined): string =>
  expired?.until === undefined ? '' : `; the entry for it expired on ${expired.until}`;
