import { accountProblem, databaseRoleProblem } from '../../../constructs/engines/database-names';
import { accountStatements, membershipStatements } from '../../../constructs/engines/database-statements';

describe('statements for MySQL and MariaDB', () => {
  const { creation, renewal, revocation } = membershipStatements('mysql', ['readers', 'wri`ters']);

  it('create an account whose roles are active after login', () => {
    expect(creation).toEqual([
      `CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}'`,
      "GRANT `readers` TO '{{name}}'@'%'",
      "GRANT `wri``ters` TO '{{name}}'@'%'",
      "SET DEFAULT ROLE /*!80000 ALL TO */ /*M! `readers` FOR */ '{{name}}'@'%'",
    ]);
  });

  it('lock the account, terminate its connections if the database supports it, and drop it', () => {
    expect(revocation).toEqual([
      `ALTER USER IF EXISTS '{{name}}'@'%' ACCOUNT LOCK`,
      `/*!80000 DO 0 */ /*M! KILL USER '{{name}}' */`,
      `DROP USER IF EXISTS '{{name}}'@'%'`,
    ]);
  });

  it('have no renew statement, because MySQL accounts do not expire', () => {
    expect(renewal).toEqual([]);
  });
});

describe('statements for PostgreSQL', () => {
  it('quote names', () => {
    const [text] = membershipStatements('postgresql', ['a"b', 'c']).creation;
    expect(text).toContain('IN ROLE "a""b", "c"');
  });

  it('are not split at semicolons, because they contain the word END outside quotes', () => {
    for (const text of accountStatements('postgresql', 'readers').revocation) expect(text).toMatch(/\bEND\b/);
  });
});

describe.each(['postgresql', 'mysql'] as const)('%s refuses', (plugin) => {
  it.each([
    ['', 'nothing'],
    ['a; DROP', 'what the server would take apart'],
    ['{{password}}', 'what the server would fill in'],
    ['a $revocation$ b', 'what would end the block'],
    ['a */ b', 'what would end a comment'],
    ['a\nb', 'a line break'],
    ['a\\', 'an escape'],
    ['x'.repeat(64), 'a name that is too long'],
  ])('%j for a role: %s', (name) => {
    expect(databaseRoleProblem(plugin, name)).toMatchObject({
      message: 'this is not a valid name of a database’s role',
    });
  });

  it.each(['', `a'b`, 'a"b', 'a`b', 'a b', 'a;b', '{{name}}', 'x'.repeat(64)])('%j for an account', (name) => {
    expect(accountProblem(plugin, name)).toMatchObject({
      message: 'this is not a valid name of a database’s account',
    });
  });
});

it('accepts usual account names', () => {
  for (const name of ['vault', 'Batch_1', 'app.reports', 'svc@corp'])
    expect(accountProblem('postgresql', name)).toBeUndefined();
});
