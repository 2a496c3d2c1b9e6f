import { SshEngine } from '../../../constructs/engines/ssh-engine';
import { SshRole, type SshRoleProps } from '../../../constructs/engines/ssh-role';
import { Policy } from '../../../constructs/policy/policy';
import { Template } from '../../support/template/template';

const role = (props: Partial<SshRoleProps> = {}): Readonly<Record<string, unknown>> =>
  Template.of((scope) => {
    const engine = SshEngine.fromSshEngineAttributes(scope, 'Engine', { mountPath: 'v1/devel/ssh' });
    const base = { certificateType: 'user', principals: ['ops'], ttlSeconds: 1800, maxTtlSeconds: 3600 } as const;
    new SshRole(scope, 'role', { engine, roleName: 'checkout-ops', ...base, ...props });
  }).resource('vault_ssh_secret_backend_role');

describe('SshEngine', () => {
  it('lets the server generate its key, with prevent_destroy', () => {
    const template = Template.of((scope) => {
      new SshEngine(scope, 'ssh', { mountPath: 'v1/devel/ssh', description: 'SSH' });
    });
    expect(template.resource('vault_mount')).toMatchObject({
      path: 'v1/devel/ssh',
      type: 'ssh',
      description: 'SSH',
      lifecycle: { prevent_destroy: true },
    });
    expect(template.resource('vault_ssh_secret_backend_ca')).toEqual({
      backend: '${vault_mount.ssh.path}',
      generate_signing_key: true,
      key_type: 'ssh-ed25519',
      lifecycle: { prevent_destroy: true },
    });
  });

  it('grants signing by a role, by construct and by name', () => {
    const template = Template.of((scope) => {
      const engine = SshEngine.fromSshEngineAttributes(scope, 'Engine', { mountPath: 'ssh' });
      const times = { ttlSeconds: 60, maxTtlSeconds: 60 };
      const made = new SshRole(scope, 'role', {
        engine,
        roleName: 'ops',
        certificateType: 'user',
        principals: ['ops'],
        ...times,
      });
      const policy = new Policy(scope, 'policy', { policyName: 'p' });
      engine.grantSign(policy, made);
      engine.grantSign(policy, 'hosts', 'New hosts');
      expect(engine.publicKeyPath).toBe('ssh/public_key');
      expect(() => engine.grantSign(policy, '*')).toThrow(/not a valid name of a role/);
    });
    const policy = template.policy('p');
    expect(policy.rules).toEqual({ 'ssh/sign/ops': ['update'], 'ssh/sign/hosts': ['update'] });
    expect(policy.reason('ssh/sign/hosts')).toBe('New hosts');
    expect(policy.allows('ssh/sign/ops', 'update')).toBe(true);
    expect(policy.denies('ssh/sign/root', 'update')).toBe(true);
    expect(policy.denies('ssh/roles/ops', 'update')).toBe(true);
  });
});

describe('SshRole', () => {
  it('minimal: for users, without extensions', () => {
    expect(role()).toEqual({
      backend: 'v1/devel/ssh',
      name: 'checkout-ops',
      key_type: 'ca',
      ttl: '1800',
      max_ttl: '3600',
      allow_user_certificates: true,
      default_user: 'ops',
      allowed_users: 'ops',
    });
  });

  it('maximal: several principals, the first as default, all extensions', () => {
    expect(role({ principals: ['ops', 'backup'], extensions: ['permit-pty', 'permit-port-forwarding'] })).toMatchObject(
      {
        default_user: 'ops',
        allowed_users: 'ops,backup',
        allowed_extensions: 'permit-pty,permit-port-forwarding',
        default_extensions: { 'permit-pty': '', 'permit-port-forwarding': '' },
      },
    );
  });

  it('for hosts: exact names without subdomains', () => {
    const made = role({ certificateType: 'host', principals: ['a.example.com', 'b.example.com'] });
    expect(made).toMatchObject({
      allow_host_certificates: true,
      allow_bare_domains: true,
      allowed_domains: 'a.example.com,b.example.com',
    });
    expect(made).not.toHaveProperty('allow_user_certificates');
    expect(made).not.toHaveProperty('allow_subdomains');
  });

  it.each<[string, Partial<SshRoleProps>, RegExp]>([
    ['there is no principal', { principals: [] }, /cannot sign any key/],
    ['a principal is everybody', { principals: ['ops', '*'] }, /not a valid name of an account or host/],
    ['a principal is a list', { principals: ['ops,root'] }, /not a valid name of an account or host/],
    [
      'a principal is a template',
      { principals: ['{{identity.entity.name}}'] },
      /not a valid name of an account or host/,
    ],
    [
      'hosts are to have extensions',
      { certificateType: 'host', extensions: ['permit-pty'] },
      /host certificates have no extensions/,
    ],
    ['the TTL is longer than the maximum TTL', { ttlSeconds: 10, maxTtlSeconds: 9 }, /longer than the maximum TTL/],
    ['the TTL is 0', { ttlSeconds: 0 }, /TTL is too short/],
  ])('fails if %s', (_, props, message) => {
    expect(() => role(props)).toThrow(message);
  });
});
