import { Acl } from '../../../access/decide/acl';
import type { CompileContext } from '../../../access/decide/merge-stanzas';
import type { AccessRequest, Decision, Operation } from '../../../access/decide/request';
import { parsePolicy } from '../../../access/policy/parse-policy';
import type { Server } from '../../../access/servers';

/** The holder of policies, each a text; they are named `a`, `b`, …. */
export const aclOf = (server: Server, texts: readonly string[], context: Omit<CompileContext, 'server'> = {}): Acl =>
  Acl.compile(
    texts.map((text, index) => parsePolicy(String.fromCharCode(97 + index), text, server)),
    { ...context, server },
  );

/** Policy text of patterns and their capabilities, in short: `secret/* read,list; secret/x deny`. */
export const policyText = (short: string): string =>
  short
    .split(';')
    .map((stanza) => stanza.trim().split(' '))
    .map(([path = '', list = '']) => {
      const capabilities = list.split(',').filter((one) => one !== '');
      return `path "${path}" { capabilities = ${JSON.stringify(capabilities)} }\n`;
    })
    .join('');

/** Decision of one request; checks that {@link Acl.allows} agrees. */
export const decisionOf = (acl: Acl, request: AccessRequest): Decision => {
  const decision = acl.decide(request);
  expect(acl.allows(request)).toBe(decision.allowed);
  return decision;
};

/** Whether a policy in short form allows a request. */
export const allowed = (
  server: Server,
  short: string,
  operation: Operation,
  path: string,
  rest: Partial<AccessRequest> = {},
): boolean => decisionOf(aclOf(server, [policyText(short)]), { operation, path, ...rest }).allowed;
