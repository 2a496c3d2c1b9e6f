import type { AuthMethod, AuthMethodType, Login } from '../inventory';
import { fillIn } from '../names';
import { listNames, nearest } from '../rules/nearest';
import { shorten, show } from '../rules/show';
import type { LoginFile } from '../schema/login';
import type { ValuePath } from '../source/source-file';
import type { ResolvedEnvironment } from './environments';
import type { TenantScope } from './tenant-scope';

type MethodOf<Type extends AuthMethodType> = Extract<AuthMethod, { type: Type }>;

/** The ways to log in with a policy in one environment; AppRole when nobody says. */
export function resolveLogins(
  logins: readonly LoginFile[] = [{ type: 'approle' }],
  path: ValuePath,
  home: ResolvedEnvironment,
  scope: TenantScope,
): Login[] {
  const resolver = new LoginResolver(home, scope);
  return logins.flatMap((login, index) => resolver.resolve(login, [...path, index]) ?? []);
}

class LoginResolver {
  constructor(
    private readonly home: ResolvedEnvironment,
    private readonly scope: TenantScope,
  ) {}

  resolve(login: LoginFile, path: ValuePath): Login | undefined {
    switch (login.type) {
      case 'approle':
        return { type: 'approle' };
      case 'token':
        return { type: 'token', orphan: login.orphan ?? false, renewable: login.renewable ?? true };
      case 'kubernetes': {
        const { type, aliasNameSource = 'serviceaccount_uid' } = login;
        const method = this.method(type, login.method, path);
        const serviceAccounts = this.filled(login.serviceAccounts);
        const namespaces = this.filled(login.namespaces);
        return method && { type, method, serviceAccounts, namespaces, aliasNameSource };
      }
      case 'jwt': {
        const { type, audiences } = login;
        const method = this.method(type, login.method, path);
        return method && { type, method, audiences, ...this.claims(login) };
      }
      case 'oidc': {
        const { type, scopes = [] } = login;
        const method = this.method(type, login.method, path);
        return method && { type, method, ...this.claims(login), scopes };
      }
      case 'ldap': {
        const { type, groups } = login;
        const method = this.method(type, login.method, path);
        return method && { type, method, groups: this.filled(groups) };
      }
      case 'aws': {
        const { type, iamPrincipalArns = [], iamInstanceProfileArns = [], accountIds = [], vpcIds = [] } = login;
        const method = this.method(type, login.method, path);
        if (method === undefined) return undefined;
        return login.authType === 'iam'
          ? { type, method, authType: 'iam', iamPrincipalArns }
          : { type, method, authType: 'ec2', iamInstanceProfileArns, accountIds, vpcIds };
      }
    }
  }

  private claims(login: Extract<LoginFile, { boundClaims: unknown }>) {
    const { boundClaims, boundClaimsType = 'string', userClaim = 'sub' } = login;
    const filled = Object.entries(boundClaims).map(([claim, values]) => [claim, this.filled(values)] as const);
    return { boundClaims: Object.fromEntries(filled), boundClaimsType, userClaim };
  }

  private filled(texts: readonly string[]): string[] {
    return texts.map((text) => fillIn(text, this.home.environment));
  }

  /** The method that was named, or the only one of its type; only what the environment trusts. */
  private method<Type extends AuthMethodType>(
    type: Type,
    name: string | undefined,
    path: ValuePath,
  ): MethodOf<Type> | undefined {
    const isRight = (method: AuthMethod): method is MethodOf<Type> => method.type === type;
    const trusted = this.home.environment.trusts.filter(isRight);
    const found = name === undefined ? trusted : trusted.filter((method) => method.name === name);
    const [method, second] = found;
    if (method !== undefined && second === undefined) return method;
    if (this.home.unsound.has('trusts')) return undefined;
    if (name !== undefined) this.reportWrong(type, name, [...path, 'method']);
    else this.reportMissing(type, trusted, [...path, 'type']);
    return undefined;
  }

  private reportMissing(type: AuthMethodType, trusted: readonly AuthMethod[], path: ValuePath): void {
    const { name: environment, cluster } = this.home.environment;
    const trustable = cluster.authMethods.filter((method) => method.type === type).map(({ name }) => name);
    const names = trusted.map(({ name }) => name);
    const several = names.length > 1;
    const [first = `<a method of the type ${type}>`] = trustable;
    this.scope.report(path, {
      message: `${environment} trusts ${several ? 'more than one' : 'no'} auth method of the type ${type}`,
      given: type,
      allowed: several ? listNames(names) : listTrusted(this.home),
      fix: several
        ? `add \`method: ${names[0]}\`, or another of these`
        : `add \`${first}\` to \`trusts\` in inventory/environments/${environment}.yaml`,
    });
  }

  private reportWrong(type: AuthMethodType, name: string, path: ValuePath): void {
    const { name: environment, cluster, trusts } = this.home.environment;
    const names = trusts.filter((method) => method.type === type).map((method) => method.name);
    const existing = cluster.authMethods.find((method) => method.name === name);
    const meant = nearest(name, names);
    const trust = `add \`${shorten(name)}\` to \`trusts\` in inventory/environments/${environment}.yaml`;
    const [one] = names;
    const instead = one === undefined ? `trust one of the type ${type}` : `write \`${meant ?? one}\``;
    this.scope.report(path, {
      message:
        existing === undefined
          ? `unknown auth method in ${environment}`
          : existing.type === type
            ? `${environment} does not trust this auth method`
            : `this auth method is of the type ${existing.type}`,
      given: show(name),
      allowed: names.length > 0 ? listNames(names) : listTrusted(this.home),
      fix: existing?.type === type ? (one === undefined ? trust : `${instead}, or ${trust}`) : instead,
    });
  }
}

/** What an environment trusts, for messages. */
function listTrusted({ environment }: ResolvedEnvironment): string {
  const all = ['approle', 'token', ...environment.trusts.map(({ name, type }) => `${name} (${type})`)];
  return `${environment.name} trusts ${listNames(all)}`;
}
