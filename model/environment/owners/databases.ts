import { namedMap } from '../../language/list';
import { creationStatementRule } from '../../language/rules/document';
import { filledList, map, optional, orNone, text, type Output } from '../../language/schema';
import { entries, patterns, requireOne, sharedKey, whoKeys, type OwnerSection } from './entry';
import { areAmong, areWithin } from './pattern';

const entry = map(
  {
    ...whoKeys,
    memberOf: patterns('roles of the database').describe('Roles of the database that accounts may be members of.'),
    accounts: patterns('accounts of the database').describe('Accounts whose passwords static roles may rotate.'),
    creationStatements: orNone(
      filledList(text(creationStatementRule), 'a list of statements', (statement) => statement),
    ).describe(
      'Statements that may create accounts, each as the tenant has it: the engine runs them as its own account.',
    ),
    ...sharedKey,
  },
  requireOne('memberOf', 'accounts', 'creationStatements'),
);

const schema = optional(namedMap('connection', entries(entry), 'a map from connections to entries'), {});

/** Who may have which accounts and roles of a database. */
export type DatabaseOwner = Output<typeof entry>;

export const databases: OwnerSection<typeof schema, DatabaseOwner> = {
  schema,
  covers: (allowed, { memberOf, accounts, creationStatements }) =>
    areWithin(allowed.memberOf, memberOf) &&
    areWithin(allowed.accounts, accounts) &&
    areAmong(allowed.creationStatements, creationStatements),
  identities: ({ accounts }) => accounts.map((account) => [account]),
  isIndependent: true,
};
