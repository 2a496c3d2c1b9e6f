import { DatabaseConnection, type DatabaseConnectionProps } from '../../../constructs/engines/database-connection';
import { DatabaseEngine } from '../../../constructs/engines/database-engine';
import { DatabaseRole, type DatabaseRoleProps } from '../../../constructs/engines/database-role';
import { createDatabaseRole } from '../../../constructs/engines/database-roles';
import { DatabaseStaticRole, type DatabaseStaticRoleProps } from '../../../constructs/engines/database-static-role';
import { Policy } from '../../../constructs/policy/policy';
import { dynamicDatabaseRole, staticDatabaseRole } from '../../support/inventory/model';
import { Template } from '../../support/template/template';

const mountPath = 'v1/devel/database';
const connectionUrl = 'postgresql://{{username}}:{{password}}@db.example.com:5432/shop?sslmode=verify-full';

const connection = (props: Partial<DatabaseConnectionProps> = {}): Readonly<Record<string, unknown>> =>
  Template.of((scope) => {
    const engine = DatabaseEngine.fromDatabaseEngineAttributes(scope, 'Engine', { mountPath });
    const base = { connectionName: 'warehouse', plugin: 'postgresql', connectionUrl, username: 'vault' } as const;
    new DatabaseConnection(scope, 'connection', { engine, ...base, ...props });
  }).resource('vault_database_secret_backend_connection');

const role = (props: Partial<DatabaseRoleProps> = {}): Readonly<Record<string, unknown>> =>
  Template.of((scope) => {
    const engine = DatabaseEngine.fromDatabaseEngineAttributes(scope, 'Engine', { mountPath });
    const of = { engine, connection: { name: 'warehouse', plugin: 'postgresql' } } as const;
    const ttl = { defaultTtlSeconds: 600, maxTtlSeconds: 3600 };
    new DatabaseRole(scope, 'role', { ...of, roleName: 'checkout-app', ...ttl, ...props });
  }).resource('vault_database_secret_backend_role');

const staticRole = (props: Partial<DatabaseStaticRoleProps> = {}): Readonly<Record<string, unknown>> =>
  Template.of((scope) => {
    const engine = DatabaseEngine.fromDatabaseEngineAttributes(scope, 'Engine', { mountPath });
    const of = { engine, connection: { name: 'warehouse', plugin: 'postgresql' } } as const;
    const account = { username: 'batch', rotationPeriodSeconds: 86_400 };
    new DatabaseStaticRole(scope, 'role', { ...of, roleName: 'checkout-batch', ...account, ...props });
  }).resource('vault_database_secret_backend_static_role');

describe('DatabaseEngine', () => {
  it('has prevent_destroy, and is created before its connections and roles', () => {
    const template = Template.of((scope) => {
      const engine = new DatabaseEngine(scope, 'database', { mountPath, description: 'Accounts' });
      const made = new DatabaseConnection(scope, 'warehouse', {
        engine,
        connectionName: 'warehouse',
        plugin: 'postgresql',
        connectionUrl,
        username: 'vault',
      });
      const of = { engine, connection: made };
      const ttl = { defaultTtlSeconds: 60, maxTtlSeconds: 60 };
      new DatabaseRole(scope, 'app', { ...of, ...ttl, roleName: 'app', memberOf: ['readers'] });
      new DatabaseStaticRole(scope, 'batch', {
        ...of,
        roleName: 'batch',
        username: 'batch',
        rotationPeriodSeconds: 60,
      });
    });
    expect(template.resource('vault_mount')).toMatchObject({
      path: mountPath,
      type: 'database',
      description: 'Accounts',
      lifecycle: { prevent_destroy: true },
    });
    expect(template.resource('vault_database_secret_backend_connection').backend).toBe('${vault_mount.database.path}');
    for (const type of ['vault_database_secret_backend_role', 'vault_database_secret_backend_static_role']) {
      expect(template.resource(type).db_name).toBe('${vault_database_secret_backend_connection.warehouse.name}');
    }
  });

  it('grants dynamic credentials, or the password of a static role', () => {
    const template = Template.of((scope) => {
      const engine = DatabaseEngine.fromDatabaseEngineAttributes(scope, 'Engine', { mountPath: 'db' });
      const policy = new Policy(scope, 'policy', { policyName: 'p' });
      engine.grantCredentials(policy, dynamicDatabaseRole({ roleName: 'checkout-app' }));
      engine.grantCredentials(policy, staticDatabaseRole({ roleName: 'checkout-batch' }), 'Nightly');
      const anyRole = { kind: 'dynamic', roleName: '*' } as const;
      expect(() => engine.grantCredentials(policy, anyRole)).toThrow(/not a valid name of a role/);
    });
    const policy = template.policy('p');
    expect(policy.rules).toEqual({ 'db/creds/checkout-app': ['read'], 'db/static-creds/checkout-batch': ['read'] });
    expect(policy.reason('db/static-creds/checkout-batch')).toBe('Nightly');
    expect(policy.allows('db/creds/checkout-app', 'read')).toBe(true);
    expect(policy.denies('db/creds/checkout-batch', 'read')).toBe(true);
    expect(policy.denies('db/config/warehouse', 'read')).toBe(true);
  });
});

describe('DatabaseConnection', () => {
  it('minimal: no password, not verified, prevent_destroy, account names from the role', () => {
    expect(connection()).toEqual({
      backend: mountPath,
      name: 'warehouse',
      verify_connection: false,
      allowed_roles: ['*'],
      postgresql: {
        connection_url: connectionUrl,
        username: 'vault',
        max_open_connections: 4,
        max_idle_connections: 0,
        max_connection_lifetime: 0,
        username_template: '{{ printf "v-%s-%s-%s" (.RoleName | truncate 29) (random 20) (unix_time) | truncate 63 }}',
      },
      depends_on: ['vault_generic_endpoint.connection_certificate'],
      lifecycle: { prevent_destroy: true },
    });
  });

  it('maximal: MySQL, CA, connection limits, allowed roles', () => {
    const url = '{{username}}:{{password}}@tcp(db.example.com:3306)/?tls=true';
    const over = { maxOpenConnections: 9, allowedRoles: ['checkout-*'], caCertificate: 'PEM' };
    expect(connection({ plugin: 'mysql', connectionUrl: url, ...over })).toMatchObject({
      allowed_roles: ['checkout-*'],
      mysql: { connection_url: url, max_open_connections: 9, tls_ca: 'PEM' },
    });
  });

  it('fails without repeating the password if the URL contains one', () => {
    const url = 'postgresql://vault:hunter2@db.example.com/shop?sslmode=verify-full';
    expect(() => connection({ connectionUrl: url })).toThrow(
      expect.objectContaining({
        code: 'construct',
        message: expect.not.stringContaining('hunter2') as string,
      }) as Error,
    );
  });

  it.each<[string, Partial<DatabaseConnectionProps>, RegExp]>([
    ['passwords would be sent without TLS', { connectionUrl: connectionUrl.replace('verify-full', 'disable') }, /TLS/],
    ['the URL is for another database', { plugin: 'mysql' }, /not a connection of mysql/],
    ['its name is a pattern', { connectionName: '*' }, /not a valid name of a connection/],
    ['its account breaks out of quotes', { username: `x' OR '` }, /database’s account/],
  ])('fails if %s', (_, props, message) => {
    expect(() => connection(props)).toThrow(message);
  });
});

describe('DatabaseRole', () => {
  it('minimal: an account that is a member of a role, expires, and is dropped', () => {
    expect(role({ memberOf: ['readers'] })).toEqual({
      backend: mountPath,
      name: 'checkout-app',
      db_name: 'warehouse',
      creation_statements: [
        `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE "readers"`,
      ],
      renew_statements: [`ALTER ROLE "{{name}}" VALID UNTIL '{{expiration}}'`],
      revocation_statements: [expect.stringContaining('REASSIGN OWNED BY "{{name}}" TO "readers"')],
      default_ttl: 600,
      max_ttl: 3600,
    });
  });

  it('maximal: own creation statements with the usual revocation', () => {
    const creationStatements = [`CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}'`, 'GRANT x TO "{{name}}"'];
    expect(role({ creationStatements })).toMatchObject({
      creation_statements: creationStatements,
      revocation_statements: [expect.stringContaining('REASSIGN OWNED BY "{{name}}" TO CURRENT_USER')],
    });
  });

  it.each<[string, Partial<DatabaseRoleProps>, RegExp]>([
    ['accounts have no privileges', {}, /account has no privileges/],
    [
      'privileges are given twice',
      { memberOf: ['a'], creationStatements: ['{{name}} {{password}}'] },
      /mutually exclusive/,
    ],
    [
      'statements give no password',
      { creationStatements: ['CREATE ROLE "{{name}}"'] },
      /no statement contains {{password}}/,
    ],
    ['lifetimes contradict', { memberOf: ['a'], maxTtlSeconds: 60 }, /longer than the maximum TTL/],
    ['its name is a pattern', { memberOf: ['a'], roleName: 'checkout-*' }, /not a valid name of a role/],
    [
      'the server would split the name of a member',
      { memberOf: ['a', 'b; DROP'] },
      /name of a database’s role\n.*b; DROP/,
    ],
    ['Terraform would fill in a statement', { creationStatements: ['{{name}} {{password}} ${x}'] }, /as a template/],
  ])('fails if %s', (_, props, message) => {
    expect(() => role(props)).toThrow(message);
  });

  it('reports all problems at once, each with its path, value and fix', () => {
    const build = () => role({ roleName: 'checkout-*', memberOf: ['a;b'], maxTtlSeconds: 60 });
    const problems = [
      {
        message: 'test/role: this is not a valid name of a role',
        given: 'checkout-*',
        allowed: 'letters, digits and `_`; inside the name also `.` and `-`',
        fix: 'name one role, and grant others one by one',
      },
      {
        message: 'test/role: the TTL is longer than the maximum TTL',
        given: 'TTL 600 seconds, maximum TTL 60 seconds',
        allowed: 'a TTL of 1 seconds or more, up to the maximum TTL',
        fix: 'shorten the TTL or lengthen the maximum TTL',
      },
      {
        message: 'test/role: this is not a valid name of a database’s role',
        given: 'a;b',
        allowed: expect.stringContaining('1 to 63 characters') as string,
        fix: 'rename the role in the database',
      },
    ];
    expect(build).toThrow(expect.objectContaining({ code: 'construct', problems }) as Error);
  });
});

describe('DatabaseStaticRole', () => {
  it('sets the account and its rotation period', () => {
    expect(staticRole()).toEqual({
      backend: mountPath,
      name: 'checkout-batch',
      db_name: 'warehouse',
      username: 'batch',
      rotation_period: 86_400,
    });
  });

  it.each<[string, Partial<DatabaseStaticRoleProps>, RegExp]>([
    ['the password would change all the time', { rotationPeriodSeconds: 4 }, /5 seconds or more/],
    ['the account breaks out of quotes', { username: 'a"; DROP' }, /database’s account/],
  ])('fails if %s', (_, props, message) => {
    expect(() => staticRole(props)).toThrow(message);
  });
});

it('a role of the model becomes the construct of its kind', () => {
  const template = Template.of((scope) => {
    const engine = DatabaseEngine.fromDatabaseEngineAttributes(scope, 'Engine', { mountPath });
    const { name: first, ...dynamic } = dynamicDatabaseRole();
    const { name: second, ...fixed } = staticDatabaseRole();
    createDatabaseRole(scope, first, { ...dynamic, engine });
    createDatabaseRole(scope, second, { ...fixed, engine });
  });
  expect(template.addresses).toEqual([
    'vault_database_secret_backend_role.reporting',
    'vault_database_secret_backend_static_role.batch',
  ]);
});
