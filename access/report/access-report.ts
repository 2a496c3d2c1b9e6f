import { Acl } from '../decide/acl';
import { operations, type Operation } from '../decide/request';
import type { Principal } from '../principals/access-model';
import { compileModel } from '../sets/compile-model';
import type { PathClass } from '../sets/path-class';
import { reach } from '../sets/reach';
import { makeHolder } from './diff-report';
import type { Entry, PlacedModel, Report } from './entry';
import { gapsOf, templatesOf } from './gaps';
import { EntryMaker } from './make-entries';
import { OwnData } from './own-data';
import { sortEntries } from './sort-entries';

type Reached = readonly (readonly [Operation, readonly PathClass[]])[];

/** Policy that almost every token has: what it grants is reported once for each server. */
const sharedPolicy = 'default';

/**
 * A report on everything that principals can do.
 *
 * @param title what was read, for people
 * @param now milliseconds since 1970, for stanzas that expire
 * @throws TooManyPatternsError
 */
export function accessReport(models: readonly PlacedModel[], title: string, now: number): Report {
  const entries: Entry[] = [];
  for (const placed of models) {
    const { model } = placed;
    const maker = new EntryMaker(placed, new OwnData([model]));
    const reached = new Map<Acl, Reached>();
    const compile = compileModel(model, now);
    for (const principal of model.principals) {
      const acl = compile(principal);
      let sets = reached.get(acl);
      if (sets === undefined) reached.set(acl, (sets = withoutShared(everythingOf(acl))));
      entries.push(...maker.entries(makeHolder(principal, 'both', placed), 'held', sets));
    }
    const shared = model.policies.get(sharedPolicy);
    if (shared !== undefined) {
      const acl = Acl.compile([shared.policy], { server: model.server, now });
      entries.push(...maker.entries(makeHolder(everyToken, 'both', placed), 'held', everythingOf(acl)));
    }
  }
  return {
    kind: 'access',
    after: title,
    principals: models.reduce((sum, { model }) => sum + model.principals.length, 0),
    gaps: [
      ...new Set(
        models.flatMap(({ model }) => [...gapsOf(model), ...[...model.policies.values()].flatMap(templatesOf)]),
      ),
    ],
    entries: sortEntries(entries),
  };
}

const everyToken: Principal = {
  id: `token:${sharedPolicy}`,
  kind: 'token',
  mount: 'token',
  name: `every token with the policy ${sharedPolicy}`,
  policies: [sharedPolicy],
};

const everythingOf = (acl: Acl): Reached =>
  operations.filter((operation) => !derived.has(operation)).map((operation) => [operation, reach(acl, operation)]);

/** Decided by `update`, on paths that only the server itself uses. */
const derived: ReadonlySet<Operation> = new Set(['revoke', 'renew', 'rollback']);

const withoutShared = (reached: Reached): Reached =>
  reached.map(([operation, sets]) => [operation, sets.filter(({ by }) => by.policy !== sharedPolicy)]);
