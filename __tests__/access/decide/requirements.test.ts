import { capabilitiesOf, capabilityMask } from '../../../access/decide/capability';
import type { Operation } from '../../../access/decide/request';
import { capabilities } from '../../../access/policy/policy';
import { allowed, aclOf, decisionOf, policyText } from './stanzas';

const server = 'openbao-2.7';

/** Capabilities of which each alone allows an operation. */
const sufficient = (operation: Operation): readonly string[] =>
  capabilities.filter((capability) => {
    // Vault 2 refuses capabilities that OpenBao has, and the reverse.
    const owner = capability === 'scan' ? 'openbao-2.7' : 'vault-2';
    return allowed(owner, `m/* ${capability}`, operation, 'm/x/');
  });

describe('an operation', () => {
  it.each<[operation: Operation, capability: readonly string[]]>([
    ['read', ['read']],
    ['list', ['list']],
    ['scan', ['scan']],
    ['create', ['create']],
    ['update', ['update']],
    ['delete', ['delete']],
    ['patch', ['patch']],
    ['recover', ['recover']],
    ['revoke', ['update']],
    ['renew', ['update']],
    ['rollback', ['update']],
    ['help', [...capabilities]],
  ])('%s needs one of %j', (operation, expected) => {
    expect(sufficient(operation)).toEqual(expected);
  });

  it.each<[operation: Operation, exists: boolean | null, needed: string]>([
    ['create', true, 'update'],
    ['create', false, 'create'],
    ['create', null, 'create'],
    ['update', true, 'update'],
    ['update', false, 'create'],
    ['update', null, 'update'],
    ['read', false, 'read'],
    ['patch', false, 'patch'],
  ])('%s of an item that exists (%s) needs %s', (operation, exists, needed) => {
    const found = (['create', 'read', 'update', 'patch'] as const).filter((capability) =>
      allowed(server, `m/* ${capability}`, operation, 'm/x', { exists }),
    );
    expect(found).toEqual([needed]);
  });

  it.each<[operation: Operation, path: string, compared: string]>([
    ['read', 'm/x', 'm/x'],
    ['read', 'm/x/', 'm/x/'],
    ['list', 'm/x', 'm/x/'],
    ['list', 'm/x/', 'm/x/'],
    ['scan', 'm/x', 'm/x/'],
    ['read', '/m/x', 'm/x'],
    ['read', '//m/x', 'm/x'],
    ['list', '/m/x', 'm/x/'],
    ['list', '/', ''],
  ])('%s of %s is decided for the path "%s"', (operation, path, compared) => {
    expect(decisionOf(aclOf(server, [policyText('other read')]), { operation, path }).reason).toBe(
      `No stanza matches ${compared}.`,
    );
  });
});

describe('capabilities', () => {
  it('are the same after they were a mask, each with a bit of its own', () => {
    expect(capabilitiesOf(capabilityMask(capabilities))).toEqual(capabilities);
    for (const capability of capabilities) expect(capabilitiesOf(capabilityMask([capability]))).toEqual([capability]);
    expect(capabilitiesOf(0)).toEqual([]);
  });
});
