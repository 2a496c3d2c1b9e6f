import { Acl } from '../../../access/decide/acl';
import type { AccessRequest, Operation } from '../../../access/decide/request';
import { parsePolicy } from '../../../access/policy/parse-policy';
import type { Server } from '../../../access/servers';
import { aclOf, decisionOf, policyText } from './stanzas';

const reason = (
  server: Server,
  short: string,
  operation: Operation,
  path: string,
  rest: Partial<AccessRequest> = {},
): string => decisionOf(aclOf(server, [policyText(short)]), { operation, path, ...rest }).reason;

describe('the reason of a decision', () => {
  it.each<[short: string, operation: Operation, path: string, expected: string]>([
    ['m/* read', 'read', 'm/x', 'Path "m/*" (policy a, line 1) grants read on m/x.'],
    ['m/* read', 'read', 'k/x', 'No stanza matches k/x.'],
    ['m/* deny', 'read', 'm/x', 'Path "m/*" (policy a, line 1) denies m/x.'],
    ['m/* ', 'read', 'm/x', 'Path "m/*" (policy a, line 1) matches m/x, but grants nothing, not read.'],
    [
      'm/* list,read',
      'update',
      'm/x',
      'Path "m/*" (policy a, line 1) matches m/x, but grants only read, list, not update.',
    ],
    [
      'sys/* read',
      'read',
      'sys/raw/x',
      'Path "sys/*" (policy a, line 1) grants read on sys/raw/x, but this path also needs sudo.',
    ],
    [
      'm/* read; m/x deny',
      'read',
      'm/x',
      'Path "m/x" (policy a, line 2) denies m/x; it wins over path "m/*" (policy a, line 1) because an exact pattern wins over wildcards.',
    ],
    [
      'm/a/* read; m/+/b deny',
      'read',
      'm/a/b',
      'Path "m/a/*" (policy a, line 1) grants read on m/a/b; it wins over path "m/+/b" (policy a, line 2) because its first wildcard comes later.',
    ],
    [
      'm/+ read; m/* deny',
      'read',
      'm/a',
      'Path "m/+" (policy a, line 1) grants read on m/a; it wins over path "m/*" (policy a, line 2) because it does not end in *.',
    ],
    [
      'm/+/+ read; m/+/b deny',
      'read',
      'm/a/b',
      'Path "m/+/b" (policy a, line 2) denies m/a/b; it wins over path "m/+/+" (policy a, line 1) because it has fewer + segments.',
    ],
    [
      'm/+/a* read; m/+/ab* deny',
      'read',
      'm/x/abc',
      'Path "m/+/ab*" (policy a, line 2) denies m/x/abc; it wins over path "m/+/a*" (policy a, line 1) because it is longer.',
    ],
    [
      'm/+/+/c read; m/+/b/+ read',
      'read',
      'm/a/b/c',
      'Path "m/+/b/+" (policy a, line 2) grants read on m/a/b/c; it wins over path "m/+/+/c" (policy a, line 1) because it is the later one in the order of bytes.',
    ],
    ['m/* read', 'revoke', 'm/x', 'Path "m/*" (policy a, line 1) matches m/x, but grants only read, not update.'],
    ['m/* read; m/+ deny', 'read', 'm/p/', 'Path "m/*" (policy a, line 1) grants read on m/p/.'],
    [
      'm/p list; m/p/* deny',
      'list',
      'm/p',
      'Path "m/p" (policy a, line 1) grants list on m/p/; it wins over path "m/p/*" (policy a, line 2) because an exact pattern wins over wildcards.',
    ],
    [
      'm/p/* list; m/+ deny',
      'list',
      'm/p',
      'Path "m/p/*" (policy a, line 1) grants list on m/p/; this server looks for the path with its final slash first, so path "m/+" (policy a, line 2) does not count.',
    ],
    ['m/* deny', 'help', 'm/x', 'Every token may read the help of a path.'],
  ])('of %s for %s %s', (short, operation, path, expected) => {
    expect(reason('openbao-2.7', short, operation, path)).toBe(expected);
  });

  it('names the form of the path that a server looks for first in a LIST', () => {
    const short = 'm/* list; m/p/* deny';
    expect(reason('vault-1.21', short, 'list', 'm/p')).toBe(
      'Path "m/*" (policy a, line 1) grants list on m/p/; this server looks for the path without its final slash first, so path "m/p/*" (policy a, line 2) does not count.',
    );
    expect(reason('openbao-2.7', short, 'list', 'm/p')).toBe(
      'Path "m/p/*" (policy a, line 2) denies m/p/; it wins over path "m/*" (policy a, line 1) because its first wildcard comes later.',
    );
    expect(reason('openbao-2.7', 'm/+ list; m/* deny', 'list', 'm/p')).toBe(
      'Path "m/*" (policy a, line 2) denies m/p/; this server looks for the path with its final slash first, so path "m/+" (policy a, line 1) does not count.',
    );
    expect(reason('vault-2', 'm/+ list; m/p/* read', 'list', 'm/p')).toBe(
      'Path "m/+" (policy a, line 1) grants list on m/p/; it decides although path "m/p/*" (policy a, line 2) outranks it, which neither grants nor denies list.',
    );
  });

  it('compares a LIST of Vault 2 with the best stanza for either form of the path', () => {
    expect(reason('vault-2', 'm/p/* list', 'list', 'm/p')).toBe('Path "m/p/*" (policy a, line 1) grants list on m/p/.');
    expect(reason('vault-2', 'm/p/* list; m/* deny; m/+ deny', 'list', 'm/p')).toBe(
      'Path "m/p/*" (policy a, line 1) grants list on m/p/; it wins over path "m/+" (policy a, line 3) because its first wildcard comes later.',
    );
  });

  it('names a better stanza for the form of the path that does not count, rather than a worse one that does', () => {
    expect(reason('vault-1.21', 'm/* list; +/p deny; m/p/* deny', 'list', 'm/p')).toBe(
      'Path "m/*" (policy a, line 1) grants list on m/p/; this server looks for the path without its final slash first, so path "m/p/*" (policy a, line 3) does not count.',
    );
    expect(reason('vault-1.21', 'm/p* list; m/* deny', 'list', 'm/p')).toBe(
      'Path "m/p*" (policy a, line 1) grants list on m/p/; it wins over path "m/*" (policy a, line 2) because its first wildcard comes later.',
    );
  });

  it('says that the policy root allows everything, or nothing beside other policies', () => {
    const root = parsePolicy('root', '', 'vault-2');
    const request = { operation: 'read', path: 'm' } as const;
    expect(Acl.compile([root], { server: 'vault-2' }).decide(request).reason).toBe(
      'The policy root allows everything.',
    );
    expect(Acl.compile([root, root], { server: 'vault-2' }).decide(request).reason).toBe(
      'The server fails every request: the policy root must be the only policy of a token.',
    );
  });

  it('says what a request lacks besides the capability', () => {
    const acl = aclOf('openbao-2.7', [
      'path "m/*" {\n  capabilities = ["update", "list"]\n  required_parameters = ["ttl"]\n  denied_parameters = { "x" = [], "y" = ["1"] }\n  allowed_parameters = { "ttl" = ["1h"] }\n}\npath "w/*" {\n  capabilities = ["read"]\n  min_wrapping_ttl = "5s"\n  max_wrapping_ttl = "1m"\n}\npath "l/*" {\n  capabilities = ["list"]\n  pagination_limit = 10\n}\n',
    ]);
    const problem = (request: AccessRequest): string => decisionOf(acl, request).reason.replace(/^.*, but /, '');
    const update = (parameters: AccessRequest['parameters']): string =>
      problem({ operation: 'update', path: 'm/x', ...(parameters !== undefined && { parameters }) });
    expect(update(null)).toBe('the parameter ttl is required.');
    expect(update({ ttl: '1h', x: 1 })).toBe('the parameter x is denied.');
    expect(update({ ttl: '1h', y: '1' })).toBe('the value of the parameter y is denied.');
    expect(update({ ttl: '1h', z: '1' })).toBe('the parameter z is not among the allowed ones.');
    expect(update({ ttl: '2h' })).toBe('the value of the parameter ttl is not among the allowed ones.');
    expect(update({ ttl: '1h' })).toBe('Path "m/*" (policy a, line 1) grants update on m/x.');
    expect(problem({ operation: 'read', path: 'w/x' })).toBe('the response must be wrapped for at most 60 s.');
    expect(problem({ operation: 'read', path: 'w/x', wrapTtlSeconds: 1 })).toBe(
      'the response must be wrapped for at least 5 s.',
    );
    expect(problem({ operation: 'list', path: 'l/x', parameters: { limit: '11' } })).toBe(
      'the parameter limit must be from 0 to 10.',
    );
    const others = aclOf('openbao-2.7', [
      'path "m/*" {\n  capabilities = ["update"]\n  denied_parameters = { "*" = [] }\n}\npath "l/*" {\n  capabilities = ["list"]\n  pagination_limit = 10\n  required_parameters = ["limit"]\n}\n',
    ]);
    expect(decisionOf(others, { operation: 'update', path: 'm/x', parameters: { a: 1 } }).reason).toBe(
      'Path "m/*" (policy a, line 1) grants update on m/x, but all parameters are denied.',
    );
    expect(decisionOf(others, { operation: 'list', path: 'l/x' }).reason).toBe(
      'Path "l/*" (policy a, line 5) grants list on l/x/, but the parameter limit is required.',
    );
  });
});
