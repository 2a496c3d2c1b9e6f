import type { Acl } from '../access/decide/acl';
import type { AccessModel, Principal } from '../access/principals/access-model';
import { compileModel } from '../access/sets/compile-model';
import type { ServerClient } from '../client/server-client';
import type { Attempt, AttemptResult } from './attempt';
import { Logins, type Login } from './logins';
import { isDisruptive, methodOf, order } from './requests';

export interface RehearsalInput {
  /** What was computed for the cluster. */
  readonly model: AccessModel;
  /** Principals that log in, also those that nothing is tried with. */
  readonly principals: readonly Principal[];
  readonly attempts: readonly Attempt[];
  /** Client of the throwaway cluster with a root token. */
  readonly root: ServerClient;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A login whose token has other policies than computed. */
export interface LoginDifference {
  readonly principal: Principal;
  readonly computed: readonly string[];
  readonly policies: readonly string[];
}

export interface Rehearsal {
  /** Principals that logged in themselves, and those that got a token with their policies. */
  readonly logins: { readonly login: number; readonly policies: number };
  readonly loginDifferences: readonly LoginDifference[];
  /** In the order in which they were tried. */
  readonly results: readonly AttemptResult[];
}

/** Tries on a real server what the analysis computed: logins, and each attempt. */
export async function rehearse({ model, principals, attempts, root, now }: RehearsalInput): Promise<Rehearsal> {
  const logins = new Logins(root, model);
  const counts = { login: 0, policies: 0 };
  const loginDifferences: LoginDifference[] = [];
  for (const principal of principals) {
    const { kind, policies } = await logins.of(principal);
    counts[kind] += 1;
    // The server lists the names that a role has, also of policies that do not exist.
    const computed = kind === 'login' ? [...principal.policies].sort() : policies;
    if (computed.join() !== policies.join()) loginDifferences.push({ principal, computed, policies });
  }
  const compiled = compileModel(model, now);
  // Ids of entities in Terraform JSON are not those of the server, so templates that are filled with them do not count.
  const aclOf = ({ id, kind, mount, name, policies }: Principal): Acl => compiled({ id, kind, mount, name, policies });
  const results: AttemptResult[] = [];
  for (const attempt of [...attempts].sort((a, b) => order(a.operation) - order(b.operation))) {
    results.push(
      await tryAttempt(attempt, {
        acl: aclOf(attempt.principal),
        model,
        root,
        login: await logins.of(attempt.principal),
      }),
    );
  }
  return { logins: counts, loginDifferences, results };
}

interface Trial {
  readonly acl: Acl;
  readonly login: Login;
  readonly model: AccessModel;
  readonly root: ServerClient;
}

async function tryAttempt(attempt: Attempt, { acl, login, model, root }: Trial): Promise<AttemptResult> {
  const { operation, path } = attempt;
  const notTried = (note: string): AttemptResult => ({ attempt, outcome: 'not-tried', note });
  const method = methodOf(operation);
  if (method === undefined) return notTried(`no request is a ${operation}`);
  if (path.includes('?') || path.includes('#')) return notTried('the path cannot be sent in a URL');
  const computedFor = (exists: boolean): boolean => acl.allows({ operation, path, exists });
  const body = method === 'POST' || method === 'PATCH' ? {} : undefined;
  if ((computedFor(true) || computedFor(false)) && isDisruptive(operation, path)) {
    return notTried('allowed, and would change the cluster for later attempts');
  }
  // Whether the server takes a POST for `create` or `update` matters only if the policies decide the two differently.
  const isClear = method !== 'POST' || computedFor(true) === computedFor(false);
  const existing = isClear ? true : await exists(root, path, model);
  if (existing === undefined) return notTried('whether the item exists is not known');
  const computed = computedFor(method === 'POST' ? existing : operation !== 'create');
  const status = await login.client.statusOf(method, encodeURI(path), body);
  const allowed = status !== 403;
  if (allowed === computed) return { attempt, outcome: 'as-computed', computed, status };
  // Engines and auth methods answer 403 as well, for example to a wrong credential: then root gets it too.
  if (!allowed && (await root.statusOf(method, encodeURI(path), body)) === 403) {
    return notTried('the server refuses it to every token');
  }
  return { attempt, outcome: 'differs', computed, status };
}

/** Whether a document exists; undefined if reading does not show it, as in engines other than key-value ones. */
async function exists(root: ServerClient, path: string, { mounts }: AccessModel): Promise<boolean | undefined> {
  const mount = mounts.find((each) => path.startsWith(each.path));
  if (mount?.type !== 'kv' && mount?.type !== 'kv-v2') return undefined;
  const status = await root.statusOf('GET', encodeURI(path));
  return status === 200 ? true : status === 404 ? false : undefined;
}
