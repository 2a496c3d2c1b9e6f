import { TerraformStack } from 'cdktf';

import type { Operation } from '../../../access/decide/request';
import { KeyValueDocument } from '../../../constructs/engines/key-value-document';
import { type IKeyValueEngine, KeyValueEngine } from '../../../constructs/engines/key-value-engine';
import { KeyValue1Engine } from '../../../constructs/engines/key-value1-engine';
import { Policy } from '../../../constructs/policy/policy';
import { PolicyDocument } from '../../../constructs/policy/policy-document';
import { PolicyAccess } from '../../support/policy/policy-access';
import { Template, testApp } from '../../support/template/template';

describe('KeyValueEngine', () => {
  it('is of version 2, keeps ten versions, and is protected', () => {
    const template = Template.of((scope) => {
      new KeyValueEngine(scope, 'kv', { mountPath: 'v1/devel/kv', description: 'Documents' });
    });
    expect(template.resources('vault_mount')).toMatchObject({
      kv: {
        path: 'v1/devel/kv',
        type: 'kv',
        options: { version: '2' },
        description: 'Documents',
        lifecycle: { prevent_destroy: true },
      },
    });
    expect(template.resource('vault_kv_secret_backend_v2')).toEqual({
      mount: '${vault_mount.kv.path}',
      max_versions: 10,
      cas_required: false,
    });
  });

  it('maximal: fewer versions, check-and-set, an end for versions, tuning', () => {
    const template = Template.of((scope) => {
      new KeyValueEngine(scope, 'kv', {
        mountPath: 'v1/devel/kv',
        description: 'Documents',
        maxVersions: 3,
        casRequired: true,
        deleteVersionAfterSeconds: 86_400,
        tuning: { maxLeaseTtlSeconds: 7200 },
      });
    });
    expect(template.resource('vault_mount')).toMatchObject({ max_lease_ttl_seconds: 7200 });
    expect(template.resource('vault_kv_secret_backend_v2')).toEqual({
      mount: '${vault_mount.kv.path}',
      max_versions: 3,
      cas_required: true,
      delete_version_after: 86_400,
    });
  });

  it('of another stack creates nothing and grants the same', () => {
    const template = Template.of((scope) => {
      const engine = KeyValueEngine.fromKeyValueEngineAttributes(scope, 'Engine', { mountPath: 'v1/devel/kv' });
      const policy = new Policy(scope, 'app', { policyName: 'app' });
      engine.grantRead(policy, 'app/configs');
      engine.grantReadUpdate(policy, 'app/more/*');
      engine.grant(policy, 'app/test/*', ['delete'], 'Cleans up');
    });
    expect(template.addresses).toEqual(['vault_policy.app']);
    const policy = template.policy('app');
    expect(policy.rules).toEqual({
      'v1/devel/kv/data/app/configs': ['read'],
      'v1/devel/kv/data/app/more/*': ['read', 'update'],
      'v1/devel/kv/data/app/test/*': ['delete'],
    });
    expect(policy.reason('v1/devel/kv/data/app/test/*')).toBe('Cleans up');
    expect(policy.allows('v1/devel/kv/data/app/configs', 'read')).toBe(true);
    expect(policy.allows('v1/devel/kv/data/app/more/a/b', 'update')).toBe(true);
    expect(policy.denies('v1/devel/kv/data/app/configs/more', 'read')).toBe(true);
    expect(policy.denies('v1/devel/kv/data/app/test/a', 'read')).toBe(true);
    expect(policy.denies('v1/devel/kv/metadata/app/', 'list')).toBe(true);
  });
});

const operations = ['create', 'read', 'update', 'patch', 'delete', 'list'] as const;

describe('grants of the key-value engine', () => {
  const policyOf = (grant: (engine: IKeyValueEngine, policy: PolicyDocument) => void): PolicyAccess => {
    const policy = new PolicyDocument('app');
    const scope = new TerraformStack(testApp(), 'test');
    grant(KeyValueEngine.fromKeyValueEngineAttributes(scope, 'Engine', { mountPath: 'kv' }), policy);
    return new PolicyAccess(policy.toHcl());
  };

  it.each<[Exclude<keyof IKeyValueEngine & `grant${string}`, 'grant'>, string, Operation[]]>([
    ['grantRead', 'kv/data/app/*', ['read']],
    ['grantReadUpdate', 'kv/data/app/*', ['read', 'update']],
    ['grantReadWrite', 'kv/data/app/*', ['create', 'read', 'update', 'patch']],
    ['grantList', 'kv/metadata/app/*', ['list']],
    ['grantReadMetadata', 'kv/metadata/app/*', ['read']],
    ['grantWriteMetadata', 'kv/metadata/app/*', ['create', 'update', 'patch']],
    ['grantDelete', 'kv/data/app/*', ['delete']],
    ['grantDeleteVersions', 'kv/delete/app/*', ['update']],
    ['grantUndelete', 'kv/undelete/app/*', ['update']],
    ['grantDestroy', 'kv/destroy/app/*', ['update']],
    ['grantPurge', 'kv/metadata/app/*', ['delete']],
  ])('%s allows %s to %s', (method, path, capabilities) => {
    const access = policyOf((engine, policy) => engine[method](policy, 'app/*'));
    expect(access.rules).toEqual({ [path]: capabilities });
    const document = path.replace('*', 'one/more');
    for (const operation of operations) {
      const allowed = capabilities.includes(operation);
      expect([operation, access.allows(document, operation)]).toEqual([operation, allowed]);
      expect([operation, access.denies(document, operation)]).toEqual([operation, !allowed]);
    }
    expect(access.denies(path.replace('app/*', 'another'), capabilities[0]!)).toBe(true);
  });

  it('combines several operations in one rule for each path', () => {
    const { rules } = policyOf((engine, policy) =>
      engine.grant(policy, 'app/*', ['list', 'read', 'purge', 'read-metadata']),
    );
    expect(rules).toEqual({ 'kv/metadata/app/*': ['read', 'delete', 'list'], 'kv/data/app/*': ['read'] });
  });

  it('refuses a second grant on a path', () => {
    const twice = (): PolicyAccess =>
      policyOf((engine, policy) => {
        engine.grantRead(policy, 'app/*');
        engine.grantDelete(policy, 'app/*');
      });
    expect(twice).toThrow(/two rules for one path/);
  });
});

describe('KeyValue1Engine', () => {
  it('is of version 1, with prevent_destroy', () => {
    const template = Template.of((scope) => {
      new KeyValue1Engine(scope, 'kv1', { mountPath: 'v1/devel/kv1', description: 'Documents' });
    });
    expect(template.resources('vault_mount')).toMatchObject({
      kv1: {
        path: 'v1/devel/kv1',
        type: 'kv',
        options: { version: '1' },
        description: 'Documents',
        lifecycle: { prevent_destroy: true },
      },
    });
  });

  it('of another stack creates nothing and grants on paths without prefixes', () => {
    const template = Template.of((scope) => {
      const engine = KeyValue1Engine.fromKeyValue1EngineAttributes(scope, 'Engine', { mountPath: 'kv1' });
      const policy = new Policy(scope, 'app', { policyName: 'app' });
      engine.grantReadWrite(policy, 'app/*');
      engine.grantList(policy, 'app/');
      engine.grantRead(policy, 'shared/one');
      engine.grantDelete(policy, 'app/test/*');
    });
    expect(template.addresses).toEqual(['vault_policy.app']);
    const policy = template.policy('app');
    expect(policy.rules).toEqual({
      'kv1/app/*': ['create', 'read', 'update'],
      'kv1/app/': ['list'],
      'kv1/shared/one': ['read'],
      'kv1/app/test/*': ['delete'],
    });
    expect(policy.allows('kv1/app', 'list')).toBe(true);
    expect(policy.allows('kv1/app/one', 'update')).toBe(true);
    expect(policy.denies('kv1/app/one/', 'list')).toBe(true);
    // The longer prefix wins: in this folder a document can be deleted and nothing else.
    expect(policy.denies('kv1/app/test/one', 'read')).toBe(true);
  });
});

describe('KeyValueDocument', () => {
  it('is written after its engine', () => {
    const template = Template.of((scope) => {
      const engine = new KeyValueEngine(scope, 'kv', { mountPath: 'kv', description: 'Documents' });
      new KeyValueDocument(scope, 'doc', { engine, document: 'app/configs', initialContent: {} });
    });
    const paths = Object.values(template.resources('vault_generic_endpoint')).map(({ path }) => path);
    expect(paths).toContain('${vault_mount.kv.path}/data/app/configs');
  });

  const template = Template.of((scope) => {
    const engine = KeyValueEngine.fromKeyValueEngineAttributes(scope, 'Engine', { mountPath: 'v1/devel/kv' });
    new KeyValueDocument(scope, 'doc', { engine, document: 'app/configs', initialContent: { keys: [] } });
  });
  const document = template.resource('vault_generic_endpoint');

  it('is written with check-and-set 0', () => {
    expect(document.path).toBe('v1/devel/kv/data/app/configs');
    expect(JSON.parse(document.data_json as string)).toEqual({ data: { keys: [] }, options: { cas: 0 } });
  });

  it('is never read, changed or deleted afterwards', () => {
    expect(document).toMatchObject({
      disable_read: true,
      disable_delete: true,
      lifecycle: { ignore_changes: 'all' },
    });
  });
});
