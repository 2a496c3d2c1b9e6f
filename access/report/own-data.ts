import type { AccessModel, Owner } from '../principals/access-model';
import { patternOf } from '../proof/pattern';
import { PatternIndex } from '../proof/pattern-index';

/** How many owners of data are looked for: a pattern that matches the data of all tenants is not searched to its end. */
const enough = 4;

/**
 * Whose data paths are. A path is data of a tenant in an environment if a policy of theirs permits it and the path has the
 * tenant's name in it, as a segment or at the beginning of one.
 */
export class OwnData {
  private readonly owners = new PatternIndex<Owner>();

  constructor(models: readonly AccessModel[]) {
    const seen = new Set<string>();
    for (const { owner, policy } of models.flatMap((model) => [...model.policies.values()])) {
      if (owner === undefined) continue;
      for (const { path, capabilities } of policy.stanzas) {
        const key = `${owner.tenant}\n${owner.environment}\n${path}`;
        if (capabilities.includes('deny') || seen.has(key) || !mentions(path, owner.tenant)) continue;
        seen.add(key);
        this.owners.add(patternOf(path), owner);
      }
    }
  }

  /** Other owners than this one, whose data the pattern includes: a few of them if there are many. */
  public othersIn(pattern: string, owner: Owner): readonly Owner[] {
    const found = new Map<string, Owner>();
    this.owners.some(patternOf(pattern), (other) => {
      if (other.tenant === owner.tenant && other.environment === owner.environment) return false;
      found.set(`${other.tenant}\n${other.environment}`, other);
      return found.size === enough;
    });
    return [...found.values()];
  }
}

const mentions = (path: string, tenant: string): boolean =>
  path.split('/').some((segment) => segment === tenant || segment.startsWith(`${tenant}-`));
