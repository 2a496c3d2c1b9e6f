import { KeyValueDocument } from '../../../constructs/engines/key-value-document';
import { KeyValueEngine } from '../../../constructs/engines/key-value-engine';
import { Policy } from '../../../constructs/policy/policy';
import { Template } from '../../support/template';

describe('KeyValueEngine', () => {
  it('is of version 2, keeps ten versions, and is protected', () => {
    const template = Template.of((scope) => {
      new KeyValueEngine(scope, 'kv', { mountPath: 'v1/devel/kv', description: 'Documents' });
    });
    expect(template.resources('vault_mount')).toEqual({
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
    });
  });

  it('that another stack owns makes nothing and grants the same', () => {
    const template = Template.of((scope) => {
      const engine = KeyValueEngine.fromKeyValueEngineAttributes(scope, 'Engine', { mountPath: 'v1/devel/kv' });
      const policy = new Policy(scope, 'app', { policyName: 'app' });
      engine.grantRead(policy, 'app/configs');
      engine.grantReadUpdate(policy, 'app/more/*');
      engine.grant(policy, 'app/test/*', ['delete'], 'Cleans up');
    });
    expect(template.addresses).toEqual(['vault_policy.app']);
    expect(template.resource('vault_policy').policy).toBe(`path "v1/devel/kv/data/app/configs" {
  capabilities = ["read"]
}

path "v1/devel/kv/data/app/more/*" {
  capabilities = ["read", "update"]
}

# Cleans up
path "v1/devel/kv/data/app/test/*" {
  capabilities = ["delete"]
}
`);
  });
});

describe('KeyValueDocument', () => {
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
