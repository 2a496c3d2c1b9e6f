import { TransitEngine } from '../../../constructs/engines/transit-engine';
import { TransitKey, type TransitKeyProps } from '../../../constructs/engines/transit-key';
import { Policy } from '../../../constructs/policy/policy';
import { Template } from '../../support/template/template';

const key = (props: Partial<TransitKeyProps> = {}): Readonly<Record<string, unknown>> =>
  Template.of((scope) => {
    const engine = TransitEngine.fromTransitEngineAttributes(scope, 'Engine', { mountPath: 'v1/devel/transit' });
    new TransitKey(scope, 'key', { engine, keyName: 'checkout-card', type: 'aes256-gcm96', ...props });
  }).resource('vault_transit_secret_backend_key');

describe('TransitEngine', () => {
  it('has prevent_destroy, is tuned, and is created before its keys', () => {
    const template = Template.of((scope) => {
      const tuning = { listingVisibility: 'unauth' } as const;
      const engine = new TransitEngine(scope, 'transit', {
        mountPath: 'v1/devel/transit',
        description: 'Keys',
        tuning,
      });
      new TransitKey(scope, 'key', { engine, keyName: 'card', type: 'ed25519' });
    });
    expect(template.resources('vault_mount')).toMatchObject({
      transit: {
        path: 'v1/devel/transit',
        type: 'transit',
        description: 'Keys',
        listing_visibility: 'unauth',
        lifecycle: { prevent_destroy: true },
      },
    });
    expect(template.resource('vault_transit_secret_backend_key').backend).toBe('${vault_mount.transit.path}');
  });

  it('grants operations on one key only, by construct and by name', () => {
    const template = Template.of((scope) => {
      const engine = TransitEngine.fromTransitEngineAttributes(scope, 'Engine', { mountPath: 't' });
      const made = new TransitKey(scope, 'key', { engine, keyName: 'card', type: 'ed25519' });
      const policy = new Policy(scope, 'policy', { policyName: 'p' });
      engine.grantEncryptDecrypt(policy, 'blob');
      engine.grantSign(policy, made);
      engine.grant(policy, 'token', ['hmac', 'datakey', 'read'], 'Tokens');
      engine.grantRotate(policy, 'blob');
    });
    const policy = template.policy('p');
    const { 't/keys/token': readable, ...used } = policy.rules;
    expect(readable).toEqual(['read']);
    expect(Object.keys(used)).toEqual([
      ...['t/encrypt/blob', 't/decrypt/blob', 't/rewrap/blob'],
      ...['t/sign/card', 't/sign/card/*', 't/verify/card', 't/verify/card/*'],
      ...['t/hmac/token', 't/hmac/token/*', 't/datakey/+/token'],
      't/keys/blob/rotate',
    ]);
    // `create` would let a client make the key that it names.
    for (const capabilities of Object.values(used)) expect(capabilities).toEqual(['update']);
    expect(policy.reason('t/hmac/token')).toBe('Tokens');
    for (const path of ['t/encrypt/blob', 't/sign/card/sha2-512', 't/datakey/plaintext/token', 't/keys/blob/rotate']) {
      expect([path, policy.allows(path, 'update')]).toEqual([path, true]);
    }
    for (const path of ['t/encrypt/card', 't/sign/blob', 't/sign/card-2', 't/keys/blob', 't/export/signing-key/card']) {
      expect([path, policy.denies(path, 'update')]).toEqual([path, true]);
    }
  });

  it.each(['*', 'checkout-*', '+', 'a/b', '', '-a'])('fails if the name of a key is %j', (name) => {
    const grant = (): Template =>
      Template.of((scope) => {
        const engine = TransitEngine.fromTransitEngineAttributes(scope, 'Engine', { mountPath: 't' });
        engine.grantEncrypt(new Policy(scope, 'policy', { policyName: 'p' }), name);
      });
    expect(grant).toThrow(/not a valid name of a key/);
    expect(() => key({ keyName: name })).toThrow(/not a valid name of a key/);
  });
});

describe('TransitKey', () => {
  it('minimal: not exportable, no plaintext backup, not deletable, no automatic rotation', () => {
    expect(key()).toEqual({
      backend: 'v1/devel/transit',
      name: 'checkout-card',
      type: 'aes256-gcm96',
      derived: false,
      convergent_encryption: false,
      exportable: false,
      allow_plaintext_backup: false,
      auto_rotate_period: 0,
      deletion_allowed: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  it('maximal: convergent and derived, rotated, deletable', () => {
    const made = key({ convergent: true, autoRotateSeconds: 86_400, deletable: true });
    expect(made).toMatchObject({
      derived: true,
      convergent_encryption: true,
      auto_rotate_period: 86_400,
      deletion_allowed: true,
    });
    expect(made).not.toHaveProperty('lifecycle');
  });

  it('sets the size that the server requires for HMAC keys', () => {
    expect(key({ type: 'hmac' })).toMatchObject({ key_size: 32 });
  });

  it.each(['ed25519', 'rsa-2048', 'hmac'] as const)('fails if a key of type %s is to be convergent', (type) => {
    expect(() => key({ type, convergent: true })).toThrow(/cannot be convergent/);
  });

  it('fails if the rotation period is shorter than an hour', () => {
    expect(() => key({ autoRotateSeconds: 3599 })).toThrow(/3600 seconds or more/);
  });
});
