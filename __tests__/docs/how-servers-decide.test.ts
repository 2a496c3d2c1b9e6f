import { readFileSync } from 'node:fs';

import { Acl } from '../../access/decide/acl';
import type { AccessRequest, Operation } from '../../access/decide/request';
import { parsePolicy } from '../../access/policy/parse-policy';
import type { Server } from '../../access/servers';

const servers: readonly Server[] = ['openbao-2.7', 'vault-1.21', 'vault-2'];

interface Example {
  readonly policy: string;
  /** Request as the guide writes it, and its answers in the order of {@link servers}. */
  readonly rows: readonly (readonly [request: string, ...answers: string[]])[];
}

/** Each policy of the guide with the table below it. */
const examples = [
  ...readFileSync('docs/guides/how-servers-decide.md', 'utf8').matchAll(/^```hcl\n([^]*?)^```\n\n((?:\|.*\n)+)/gm),
].map(([, policy = '', table = '']): Example => {
  const [, , ...rows] = table
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
  return { policy, rows: rows.map(([, request = '', ...answers]) => [request, ...answers.slice(0, 3)] as const) };
});

const requestOf = (text: string): AccessRequest => {
  const [, operation = '', path = '', body] = /^`(\S+) (\S+)(?: (.+))?`$/.exec(text) ?? [];
  const parameters = body === undefined ? null : (JSON.parse(body) as AccessRequest['parameters']);
  return { operation: operation as Operation, path, ...(parameters !== undefined && { parameters }) };
};

describe('the guide to how servers decide', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(8);
    expect(examples.flatMap(({ rows }) => rows).length).toBeGreaterThanOrEqual(25);
  });

  it.each(
    examples.flatMap(({ policy, rows }) => rows.map((row) => ({ policy, request: row[0], answers: row.slice(1) }))),
  )('is right about $request', ({ policy, request, answers }) => {
    const decided = servers.map((server) =>
      Acl.compile([parsePolicy('example', policy, server)], { server }).allows(requestOf(request))
        ? 'allowed'
        : 'denied',
    );
    expect(decided).toEqual(answers);
  });
});
