import type { Environment, Grant } from '../inventory';
import { listNames } from '../rules/nearest';
import { shorten } from '../rules/show';
import type { GrantFile } from '../schema/grant';
import type { Finding } from '../source/problem-list';
import type { ValuePath } from '../source/source-file';
import type { ResolvedEnvironment } from './environments';
import type { TenantEngines } from './tenant-engines';
import type { TenantScope } from './tenant-scope';

/** What a policy allows in one environment. What a grant names and there is not is reported, and left out. */
export function resolveGrants(
  grants: readonly GrantFile[],
  path: ValuePath,
  home: ResolvedEnvironment,
  { scope, engines }: { readonly scope: TenantScope; readonly engines: TenantEngines },
): Grant[] {
  const resolver = new GrantResolver(home, scope, engines);
  return grants.flatMap((grant, index) => resolver.resolve(grant, [...path, index]) ?? []);
}

class GrantResolver {
  /** Rules of the policy that can be written once only, and the place of the grant they come from. */
  private readonly written = new Map<string, ValuePath>();

  constructor(
    private readonly home: ResolvedEnvironment,
    private readonly scope: TenantScope,
    private readonly engines: TenantEngines,
  ) {}

  resolve(grant: GrantFile, path: ValuePath): Grant | undefined {
    const { certificates, keys, databaseRoles, awsRoles, sshRoles } = this.engines;
    if ('path' in grant) return this.documents(grant, path);
    if ('document1' in grant) return this.documents1(grant, path);
    if ('certificate' in grant) {
      const { operations = ['issue'] } = grant;
      const role = certificates.lookUp(grant.certificate, this.home, [...path, 'certificate']);
      if (role !== undefined && operations.includes('revoke')) this.revokeOnce(role.authority.name, path);
      return role && { type: 'certificate', role, operations };
    }
    if ('key' in grant) {
      const key = keys.lookUp(grant.key, this.home, [...path, 'key']);
      if (key !== undefined) this.checkKey(key.type, grant.operations, path);
      return key && { type: 'key', key, operations: grant.operations };
    }
    if ('database' in grant) {
      const role = databaseRoles.lookUp(grant.database, this.home, [...path, 'database']);
      return role && { type: 'database', role };
    }
    if ('aws' in grant) {
      const role = awsRoles.lookUp(grant.aws, this.home, [...path, 'aws']);
      return role && { type: 'aws', role };
    }
    const role = sshRoles.lookUp(grant.ssh, this.home, [...path, 'ssh']);
    return role && { type: 'ssh', role };
  }

  private documents(grant: Extract<GrantFile, { path: string }>, path: ValuePath): Grant | undefined {
    const place = [...path, 'environment'];
    const found = grant.environment === undefined ? this.home : this.scope.environment(grant.environment, place);
    if (found === undefined) return undefined;
    const { environment } = found;
    if (environment.cluster !== this.home.environment.cluster) this.reportForeign(environment, place);
    this.once(`${environment.name}:${grant.path}`, [...path, 'path'], {
      message: `two grants are for the same documents of ${environment.name}`,
      fix: 'put what is allowed into one of the two',
    });
    return { type: 'documents', environment, path: grant.path, operations: grant.capabilities };
  }

  private documents1(
    { document1, capabilities }: Extract<GrantFile, { document1: string }>,
    path: ValuePath,
  ): Grant | undefined {
    const { environment, unsound } = this.home;
    if (environment.engines.keyValue1) return { type: 'documents1', path: document1, operations: capabilities };
    if (unsound.has('engines')) return undefined;
    this.scope.report([...path, 'document1'], {
      message: `there is no engine \`keyValue1\` in ${environment.name}`,
      given: shorten(document1),
      allowed: 'environments with `engines.keyValue1`, or `path` for documents with versions',
      fix: `write \`path:\`, or add \`keyValue1: {}\` to \`engines\` in inventory/environments/${environment.name}.yaml`,
    });
    return undefined;
  }

  /** The server has one path for revoking whatever an authority issued. */
  private revokeOnce(authority: string, path: ValuePath): void {
    this.once(`revoke ${authority}`, [...path, 'operations'], {
      message: `two grants allow to revoke what \`${authority}\` issued`,
      fix: 'remove `revoke` from one of the two: it holds for every certificate whose key one has',
    });
  }

  private once(rule: string, path: ValuePath, words: Pick<Finding, 'message' | 'fix'>): void {
    const first = this.written.get(rule);
    if (first === undefined) {
      this.written.set(rule, path);
      return;
    }
    const { line, column } = this.scope.entry.source.position(first);
    this.scope.report(path, {
      ...words,
      given: shorten(rule),
      allowed: `each once; the first is at line ${line}, column ${column}`,
    });
  }

  private checkKey(type: string, operations: readonly string[], path: ValuePath): void {
    const encrypts = /^(aes|chacha|rsa)/.test(type);
    const signs = /^(ed25519|ecdsa|rsa)/.test(type);
    const impossible = [...(encrypts ? [] : ['encrypt', 'decrypt', 'rewrap', 'datakey']), ...(signs ? [] : ['sign'])];
    operations.forEach((operation, index) => {
      if (!impossible.includes(operation)) return;
      this.scope.report([...path, 'operations', index], {
        message: `a key of the type ${type} cannot ${operation === 'datakey' ? 'wrap a datakey' : operation}`,
        given: operation,
        allowed: `operations but ${impossible.join(', ')}`,
        fix: 'remove it, or choose another type of key',
      });
    });
  }

  private reportForeign(environment: Environment, path: ValuePath): void {
    const home = this.home.environment;
    const reachable = [...this.scope.known.values()].filter((other) => other?.environment.cluster === home.cluster);
    this.scope.report(path, {
      message: `a policy in ${home.name} cannot reach ${environment.name}: it is in another cluster`,
      given: `${environment.name}, in the cluster ${environment.cluster.name}`,
      allowed: `environments of the cluster ${home.cluster.name}: ${listNames(reachable.map((other) => other?.environment.name ?? ''))}`,
      fix: `write one of these, or move the policy to an environment of ${environment.cluster.name}`,
    });
  }
}
