import { membershipStatements } from '../../../constructs/engines/database-statements';
import { type Session, startPostgresql, type TestDatabase } from '../../support/postgresql/database-server';

/** The statements as the server runs them: in one transaction, as the engine's account, which is no superuser. */
describe('statements for PostgreSQL', () => {
  const groups = ['owners', 'we"ird `role`', 'Größe'] as const;
  let database: TestDatabase;
  let engine: Session;

  beforeAll(async () => {
    database = await startPostgresql();
    await database.query(`CREATE ROLE vault LOGIN CREATEROLE PASSWORD 'vault'`);
    for (const group of groups) {
      const quoted = `"${group.replaceAll('"', '""')}"`;
      await database.query(`CREATE ROLE ${quoted}; GRANT ${quoted} TO vault WITH ADMIN OPTION`);
      await database.query(`GRANT CREATE, USAGE ON SCHEMA public TO ${quoted}`);
    }
    engine = await database.login('vault', 'vault');
  });
  afterAll(async () => {
    await engine.close();
    await database.dispose();
  });

  const run = async (statements: readonly string[], name: string): Promise<void> => {
    const values: Record<string, string> = {
      name,
      password: `${name}-password`,
      expiration: '2100-01-01 00:00:00+0000',
    };
    const texts = statements.map((text) => text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? ''));
    await engine.query(['BEGIN', ...texts, 'COMMIT'].join(';\n'));
  };
  const make = async (name: string, memberOf: readonly [string, ...string[]]): Promise<Session> => {
    await run(membershipStatements('postgresql', memberOf).creation, name);
    return await database.login(name, `${name}-password`);
  };
  const take = (name: string, heir: string): Promise<void> =>
    run(membershipStatements('postgresql', [heir]).revocation, name);
  const ownerOf = async (table: string): Promise<unknown> =>
    (await database.query(`SELECT tableowner FROM pg_tables WHERE tablename = '${table}'`))[0]?.tableowner;
  const isThere = async (name: string): Promise<boolean> =>
    (await database.query(`SELECT 1 FROM pg_roles WHERE rolname = '${name}'`)).length > 0;

  it('create a login that expires and is a member of the roles, with quoted names', async () => {
    const session = await make('member', groups);
    const rows = await session.query(
      `SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
       JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = 'member' ORDER BY 1`,
    );
    expect(rows.map(({ rolname }) => rolname).sort()).toEqual([...groups].sort());
    const [role] = await database.query(
      `SELECT rolvaliduntil::text, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = 'member'`,
    );
    expect(role).toEqual({
      rolvaliduntil: '2100-01-01 00:00:00+00',
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolbypassrls: false,
    });
    await session.close();
    await take('member', groups[1]);
    expect(await isThere('member')).toBe(false);
  });

  it('reassign owned objects to the first role, and terminate connections', async () => {
    const session = await make('maker', ['owners']);
    await session.query('CREATE TABLE made (n int)');
    await session.query('GRANT SELECT ON made TO PUBLIC');
    await take('maker', 'owners');
    expect(await ownerOf('made')).toBe('owners');
    await expect(session.query('SELECT * FROM made')).rejects.toThrow();
  });

  it('drop an account also if that role no longer exists or belongs to another owner', async () => {
    for (const [name, heir] of [
      ['orphan', 'nobody'],
      ['stranger', 'pg_read_all_data'],
    ] as const) {
      const session = await make(name, ['owners']);
      await session.query(`CREATE TABLE of_${name} (n int)`);
      await take(name, heir);
      expect([await isThere(name), await ownerOf(`of_${name}`)]).toEqual([false, 'vault']);
    }
  });

  it('terminate access within a transaction', async () => {
    const session = await make('busy', ['owners']);
    await session.query('CREATE TABLE own (n int)');
    await session.query('BEGIN; LOCK TABLE own IN ACCESS EXCLUSIVE MODE');
    await take('busy', 'owners');
    expect([await isThere('busy'), await ownerOf('own')]).toEqual([false, 'owners']);
    await expect(session.query('SELECT 1')).rejects.toThrow();
  });

  it('keep an account with privileges from another grantor, without login', async () => {
    const session = await make('known', ['owners']);
    await database.query('CREATE TABLE granted (n int); GRANT ALL ON granted TO known');
    await take('known', 'owners');
    const [role] = await database.query(`SELECT rolcanlogin, rolpassword FROM pg_authid WHERE rolname = 'known'`);
    expect(role).toEqual({ rolcanlogin: false, rolpassword: null });
    await expect(session.query('SELECT 1')).rejects.toThrow();
    await expect(database.login('known', 'known-password')).rejects.toThrow();
  });

  it('extend the expiry when a lease is renewed', async () => {
    await (await make('renewed', ['owners'])).close();
    const [renewal = ''] = membershipStatements('postgresql', ['owners']).renewal;
    await engine.query(renewal.replace('{{name}}', 'renewed').replace('{{expiration}}', '2200-01-01 00:00:00+0000'));
    const [role] = await database.query(`SELECT rolvaliduntil::text FROM pg_roles WHERE rolname = 'renewed'`);
    expect(role?.rolvaliduntil).toBe('2200-01-01 00:00:00+00');
    await take('renewed', 'owners');
  });

  it('do nothing for an account that does not exist', async () => {
    await take('gone', 'owners');
    await take('gone', 'owners');
  });
});
