import { Batch } from '../../access/batch';

const line = {
  server: 'openbao-2.7',
  policies: [{ name: 'team', text: 'path "kv/+/x" {\n  capabilities = ["read", "create"]\n}\n' }],
  operation: 'read',
  path: 'kv/a/x',
  parameters: null,
  wrap_ttl: null,
  exists: true,
};

const answer = (value: unknown): unknown =>
  JSON.parse(new Batch({ now: 0 }).answer(typeof value === 'string' ? value : JSON.stringify(value)));

/** The line without a key. */
const without = (key: keyof typeof line): unknown => ({ ...line, [key]: undefined });

describe('a line of a batch', () => {
  it('is answered with the stanza that decided', () => {
    expect(answer(line)).toEqual({
      allowed: true,
      by: { policy: 'team', path: 'kv/+/x', line: 1 },
      reason: 'Path "kv/+/x" (policy team, line 1) grants read on kv/a/x.',
    });
    expect(answer({ ...line, path: 'other' })).toEqual({
      allowed: false,
      by: null,
      reason: 'No stanza matches other.',
    });
  });

  it('may leave out what can be null, and may have more keys', () => {
    expect(answer({ ...line, parameters: undefined, wrap_ttl: undefined, exists: undefined, id: 7 })).toMatchObject({
      allowed: true,
    });
    expect(answer({ ...line, operation: 'update', exists: null })).toMatchObject({ allowed: false });
    expect(answer({ ...line, operation: 'update', exists: false })).toMatchObject({ allowed: true });
  });

  it('may have no policies', () => {
    expect(answer({ ...line, policies: [] })).toMatchObject({ allowed: false, by: null });
  });

  it('may have a policy in base64, as the API of the server', () => {
    const text = Buffer.from(line.policies[0]?.text ?? '').toString('base64');
    expect(answer({ ...line, policies: [{ name: 'team', text }] })).toMatchObject({ allowed: true });
  });

  it('drops stanzas that have expired', () => {
    const text = 'path "*" {\n  capabilities = ["read"]\n  expiration = "1969-12-31T00:00:00Z"\n}\n';
    expect(answer({ ...line, policies: [{ name: 'team', text }] })).toMatchObject({ allowed: false });
  });

  it.each<[string, unknown, string]>([
    ['an empty line', '', 'the line is empty: each line must be a JSON object'],
    ['a list', '[]', 'the line must be a JSON object, not a list'],
    ['null', 'null', 'the line must be a JSON object, not null'],
    ['no server', without('server'), 'server must be one of vault-1.21, vault-2, openbao-2.7, not missing'],
    ['another server', { ...line, server: 'x' }, 'server must be one of vault-1.21, vault-2, openbao-2.7, not "x"'],
    [
      'a name of Object',
      { ...line, server: 'toString' },
      'server must be one of vault-1.21, vault-2, openbao-2.7, not "toString"',
    ],
    ['no policies', without('policies'), 'policies must be a list of {"name", "text"}, not missing'],
    ['a policy that is a text', { ...line, policies: ['x'] }, 'policies[0] must be {"name", "text"}, not a text'],
    ['a policy without text', { ...line, policies: [{ name: 'a' }] }, 'policies[0].text must be a text, not missing'],
    ['no path', without('path'), 'path must be a text, not missing'],
    ['a path that is null', { ...line, path: null }, 'path must be a text, not null'],
    [
      'another operation',
      { ...line, operation: 'write' },
      'operation must be one of read, list, scan, create, update, delete, patch, recover, revoke, renew, rollback, help, not "write"',
    ],
    ['parameters in a list', { ...line, parameters: [] }, 'parameters must be an object or null, not a list'],
    ['a TTL as text', { ...line, wrap_ttl: '5s' }, 'wrap_ttl must be a number of seconds or null, not a text'],
    ['a negative TTL', { ...line, wrap_ttl: -1 }, 'wrap_ttl must be a number of seconds or null, not -1'],
    ['existence as text', { ...line, exists: 'no' }, 'exists must be true, false or null, not a text'],
  ])('with %s is answered with an error', (_what, value, expected) => {
    expect(answer(value)).toEqual({ error: expected });
  });

  it('that is no JSON is answered with an error', () => {
    expect(answer('{"secret": s3cret}')).toEqual({ error: 'the line is not JSON' });
  });

  it('with a policy that the server refuses is answered with its place', () => {
    const policies = [{ name: 'team', text: 'path "a" {\n  capabilities = ["fly"]\n}' }];
    expect(answer({ ...line, policies })).toEqual({
      error: expect.stringMatching(/^openbao-2.7 refuses the policy team, line 2, column \d+: /) as string,
    });
  });
});

describe('a batch', () => {
  it('counts its lines, and those that could not be decided', () => {
    const batch = new Batch({ now: 0 });
    for (const text of [JSON.stringify(line), '', 'x']) batch.answer(text);
    expect(batch).toMatchObject({ lines: 3, errors: 2 });
  });

  it('answers the same with a cache that holds nothing', () => {
    const batch = new Batch({ now: 0, cachedCharacters: 0 });
    const other = { ...line, policies: [{ name: 'other', text: 'path "kv/*" { capabilities = ["deny"] }' }] };
    const allowed = [line, other, line, { ...line, server: 'vault-2' }].map(
      (one) => (JSON.parse(batch.answer(JSON.stringify(one))) as { allowed: boolean }).allowed,
    );
    expect(allowed).toEqual([true, false, true, true]);
  });
});
