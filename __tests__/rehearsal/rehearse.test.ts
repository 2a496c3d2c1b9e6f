import { parsePolicy } from '../../access/policy/parse-policy';
import type { AccessModel, Principal } from '../../access/principals/access-model';
import type { ServerClient } from '../../client/server-client';
import type { Attempt } from '../../rehearsal/attempt';
import { expectationAttempts, isolationAttempts, unique, witnessAttempts } from '../../rehearsal/attempts';
import { describeRehearsal, hasDifferences } from '../../rehearsal/describe';
import { rehearse, type Rehearsal } from '../../rehearsal/rehearse';
import { seededRandom } from '../../rehearsal/seeded-random';

const owner = { team: 'payments', tenant: 'ledger', environment: 'devel' };
const text =
  'path "kv/ledger/*" { capabilities = ["read", "update"] }\npath "sys/policies/acl/*" { capabilities = ["update"] }';
const policy = { policy: parsePolicy('ledger', text, 'openbao-2.7'), text };
const reader: Principal = {
  id: 'jwt:jwt/role/ledger',
  kind: 'jwt',
  mount: 'jwt',
  name: 'ledger',
  policies: ['ledger'],
  owner,
};
const model: AccessModel = {
  server: 'openbao-2.7',
  policies: new Map([['ledger', policy]]),
  principals: [reader],
  mounts: [{ path: 'kv/', type: 'kv' }],
};

const attempt = (operation: Attempt['operation'], path: string): Attempt => ({
  reason: 'expectation',
  principal: reader,
  operation,
  path,
});

/** A server that answers by method and path; `root` answers the client with the root token. */
function server(answers: Readonly<Record<string, number>>, root: Readonly<Record<string, number>> = {}): ServerClient {
  const client = (by: Readonly<Record<string, number>>) => ({
    statusOf: (method: string, path: string) => Promise.resolve(by[`${method} ${path}`] ?? 404),
    write: (path: string) =>
      Promise.resolve(
        path === 'auth/token/create' ? { auth: { client_token: 'token' } } : { data: { policies: ['ledger'] } },
      ),
    with: () => client(answers),
  });
  return client(root) as unknown as ServerClient;
}

const rehearsal = (attempts: readonly Attempt[], root: ServerClient): Promise<Rehearsal> =>
  rehearse({ model, principals: [reader], attempts, root, now: 0 });

describe('a rehearsal', () => {
  it('compares the decisions of the server with what was computed', async () => {
    const attempts = [attempt('read', 'kv/ledger/app'), attempt('read', 'kv/other/app')];
    const result = await rehearsal(attempts, server({ 'GET kv/other/app': 403 }));
    expect(result.results.map(({ outcome }) => outcome)).toEqual(['as-computed', 'as-computed']);
    expect(hasDifferences(result)).toBe(false);
  });

  it('reports a request that the server decides otherwise', async () => {
    const attempts = [attempt('read', 'kv/ledger/app'), attempt('read', 'kv/other/app')];
    const result = await rehearsal(attempts, server({ 'GET kv/ledger/app': 403, 'GET kv/other/app': 200 }));
    expect(result.results.map(({ outcome }) => outcome)).toEqual(['differs', 'differs']);
    expect(hasDifferences(result)).toBe(true);
    const plain = (word: string): string => word;
    const colours = { bold: plain, green: plain, red: plain, dim: plain };
    expect(describeRehearsal(result, { title: 'devel', seed: 7, colours })).toContain(
      'jwt:jwt/role/ledger: read kv/other/app\n  computed: denied\n  server:   HTTP 200',
    );
  });

  it('does not count a refusal that every token gets', async () => {
    const answers = { 'GET kv/ledger/app': 403 };
    const { results } = await rehearsal([attempt('read', 'kv/ledger/app')], server(answers, answers));
    expect(results).toMatchObject([{ outcome: 'not-tried', note: 'the server refuses it to every token' }]);
  });

  it('sends no allowed request that would change the cluster', async () => {
    const { results } = await rehearsal([attempt('update', 'sys/policies/acl/other')], server({}));
    expect(results).toMatchObject([{ outcome: 'not-tried' }]);
  });

  it('takes a POST for an update if the item exists, where create and update are decided differently', async () => {
    const existing = await rehearsal([attempt('create', 'kv/ledger/app')], server({}, { 'GET kv/ledger/app': 200 }));
    expect(existing.results).toMatchObject([{ outcome: 'as-computed', computed: true }]);
    const missing = await rehearsal([attempt('create', 'kv/ledger/app')], server({ 'POST kv/ledger/app': 403 }));
    expect(missing.results).toMatchObject([{ outcome: 'as-computed', computed: false }]);
  });
});

describe('attempts', () => {
  it('of an expectation are its operations, by every principal with the policy', () => {
    const requests = [{ path: 'kv/+/*', operations: ['read', 'list'] as const }];
    const expectation = { owner, policy: 'ledger', effect: 'deny', requests } as const;
    const made = expectationAttempts([expectation, { ...expectation, policy: 'other' }], [reader]);
    expect(made.map(({ operation, path }) => `${operation} ${path}`)).toEqual(['read kv/app/app', 'list kv/app/app']);
  });

  it('of a change are its witnesses, each once', () => {
    const by = { policy: 'ledger', path: 'kv/ledger/*', position: { line: 1, column: 1 } };
    const found = { include: 'kv/ledger/*', except: [], witness: 'kv/ledger/app', by, conditions: [], within: [] };
    const change = { operation: 'read', gained: [found, found], lost: [], conditionsChanged: [] } as const;
    const made = witnessAttempts([{ principal: reader.id, presence: 'both', operations: [change] }], [reader]);
    expect(unique(made)).toHaveLength(1);
  });

  it('with documents of others are never with the tenant’s own, and the same for the same seed', () => {
    const other = { ...owner, tenant: 'checkout' };
    const things = [owner, other].map((each) => ({
      owner: each,
      kind: 'documents' as const,
      mount: 'v1/devel/kv',
      name: each.tenant,
    }));
    const made = isolationAttempts(things, [reader], { pairs: 20, random: seededRandom(1) });
    expect(new Set(made.map(({ path }) => path))).toEqual(
      new Set(['v1/devel/kv/data/checkout/app', 'v1/devel/kv/data/checkout/']),
    );
    expect(isolationAttempts(things, [reader], { pairs: 20, random: seededRandom(1) })).toEqual(made);
  });
});
