import { Acl } from '../../../access/decide/acl';
import type { Identity } from '../../../access/decide/identity';
import type { AccessRequest } from '../../../access/decide/request';
import { parsePolicy } from '../../../access/policy/parse-policy';
import type { Server } from '../../../access/servers';
import type { LiveServer } from './live-server';
import { CaseGenerator, Random } from './random-cases';

export interface Comparison {
  /** Requests that were compared. */
  compared: number;
  /** Requests that root may not make either, so that nothing follows from them. */
  undecided: number;
  allowed: number;
  readonly mismatches: Mismatch[];
}

export interface Mismatch {
  readonly policies: readonly string[];
  readonly request: AccessRequest;
  readonly status: number;
  readonly reason: string;
}

export interface ComparisonOptions {
  readonly live: LiveServer;
  readonly server: Server;
  readonly seed: number;
  /** Requests in all. */
  readonly count: number;
  /** Workers at the same time, each with a mount of its own, in which nobody else writes. */
  readonly workers: number;
}

const mountOf = (worker: number): string => `w${worker}`;
const requestsOfPolicies = 40;

/** Compares decisions with those of a real server, for random policies and requests. */
export async function compare({ live, server, seed, count, workers }: ComparisonOptions): Promise<Comparison> {
  const total: Comparison = { compared: 0, undecided: 0, allowed: 0, mismatches: [] };
  const root = await live.rootToken();
  const work = async (worker: number, identity: Identity): Promise<void> => {
    const mount = mountOf(worker);
    const generator = new CaseGenerator(new Random(seed + worker), server, mount);
    const existing = new Set<string>();
    for (let asked = 0; asked * workers < count; asked += requestsOfPolicies) {
      const policies = generator.policies();
      const token = await live.token(mount, policies);
      const acl = Acl.compile(
        policies.map((text, index) => parsePolicy(`${mount}-${index}`, text, server)),
        { server, identity, now: Date.now() },
      );
      for (let index = 0; index < requestsOfPolicies; index += 1) {
        const { path, ...rest } = generator.request();
        const request: AccessRequest = { ...rest, path, exists: existing.has(path) };
        const { allowed, reason } = acl.decide(request);
        const status = await live.statusOf(token, request);
        // A token whose policies cannot be used gets other answers than "permission denied".
        const isRefused = status === 403 || (acl.failure !== undefined && (status === 400 || status === 500));
        // A refusal is one of the policies only if root is not refused. Root carries the request out.
        const carriedOut = isRefused ? await live.statusOf(root, request) : status;
        keepTrack(existing, request, carriedOut);
        if (carriedOut === 403) {
          total.undecided += 1;
          continue;
        }
        total.compared += 1;
        if (!isRefused) total.allowed += 1;
        if (allowed === isRefused) total.mismatches.push({ policies, request, status, reason });
      }
    }
  };
  const identities: Identity[] = [];
  // One after the other, because each one extends the group of all.
  for (let worker = 0; worker < workers; worker += 1) identities.push(await live.prepare(mountOf(worker)));
  await Promise.all(identities.map((identity, worker) => work(worker, identity)));
  return total;
}

const keepTrack = (existing: Set<string>, { operation, path }: AccessRequest, status: number): void => {
  if (status < 200 || status > 299) return;
  if (operation === 'create' || operation === 'update') existing.add(path);
  if (operation === 'delete') existing.delete(path);
};
