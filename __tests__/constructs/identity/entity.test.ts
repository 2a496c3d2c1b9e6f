import { AppRoleAuth } from '../../../constructs/auth/app-role-auth';
import { Entity } from '../../../constructs/identity/entity';
import { EntityAlias } from '../../../constructs/identity/entity-alias';
import { Group } from '../../../constructs/identity/group';
import { Template } from '../../support/template/template';

describe('Entity', () => {
  const entity = (metadata: Record<string, string>): Template =>
    Template.of((scope) => new Entity(scope, 'app', { entityName: 'app', metadata }));

  it('has metadata and no policies, which come from roles', () => {
    const template = entity({ team: 'payments', 'cost-centre': 'R&D, Berlin (4.2)' });
    expect(template.resource('vault_identity_entity')).toEqual({
      name: 'app',
      metadata: { team: 'payments', 'cost-centre': 'R&D, Berlin (4.2)' },
      external_policies: true,
    });
  });

  it.each(['a/b', '*', 'a*', '+', '{{identity.entity.id}}', '..', '.', '', ' ', 'a\nb'])(
    'fails if a value is %j: a policy may put it into a path',
    (value) => {
      expect(() => entity({ team: value })).toThrow(/metadata\.team: /);
    },
  );

  it('fails for keys that templates cannot use, with all problems at once', () => {
    expect(() => entity({ 'a/b': 'x', c: '*' })).toThrow(/metadata: [^]*a\/b[^]*metadata\.c: /);
  });
});

describe('EntityAlias', () => {
  it('refers to an auth method of the same stack', () => {
    const template = Template.of((scope) => {
      const auth = new AppRoleAuth(scope, 'approle', { mountPath: 'approle', description: 'Programs' });
      const entity = Entity.fromEntityAttributes(scope, 'Entity', { entityId: '4711' });
      new EntityAlias(scope, 'alias', { entity, auth, aliasName: 'id-1' });
    });
    expect(template.resource('vault_identity_entity_alias')).toEqual({
      name: 'id-1',
      mount_accessor: '${vault_auth_backend.approle.accessor}',
      canonical_id: '4711',
    });
  });

  it('looks up an auth method of another stack by its path', () => {
    const template = Template.of((scope) => {
      const auth = AppRoleAuth.fromAppRoleAuthAttributes(scope, 'Auth', { mountPath: 'devel/approle' });
      const entity = Entity.fromEntityAttributes(scope, 'Entity', { entityId: '4711' });
      new EntityAlias(scope, 'alias', { entity, auth, aliasName: 'id-1' });
    });
    expect(template.json.data).toMatchObject({ vault_auth_backend: { Auth_accessor: { path: 'devel/approle' } } });
    expect(template.resource('vault_identity_entity_alias')).toMatchObject({
      mount_accessor: '${data.vault_auth_backend.Auth_accessor.accessor}',
    });
  });
});

describe('Group', () => {
  it('minimal: its members', () => {
    const template = Template.of((scope) => {
      const members = [Entity.fromEntityAttributes(scope, 'Entity', { entityId: '4711' })];
      new Group(scope, 'group', { groupName: 'checkout', members });
    });
    expect(template.resource('vault_identity_group')).toEqual({
      name: 'checkout',
      type: 'internal',
      member_entity_ids: ['4711'],
      external_policies: true,
    });
  });

  it('fails if metadata could change the meaning of a path', () => {
    const build = () =>
      Template.of((scope) => new Group(scope, 'group', { groupName: 'g', members: [], metadata: { a: '*' } }));
    expect(build).toThrow(/test\/group: metadata\.a: /);
  });
});
