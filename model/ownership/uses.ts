import type { LinkedEnvironment } from '../environment/environment';
import type { AskedOf, OwnerPlace, OwnerSectionKey } from '../environment/owners/owners';
import type { ValuePath } from '../source/source-file';
import type { Login } from '../tenant/login';
import type { LinkedTenant, TenantEnvironment } from '../tenant/tenant';

/** What a tenant's file asks of something that all teams of an environment share. */
export interface Use {
  /** Environment whose file must allow it. */
  readonly environment: LinkedEnvironment;
  readonly place: OwnerPlace;
  /** The least that an entry must allow. */
  readonly asked: AskedOf<OwnerSectionKey>;
  /** Place in the tenant's file. */
  readonly path: ValuePath;
}

type Found = Omit<Use, 'environment'>;

const use = <Key extends OwnerSectionKey>(
  section: Key,
  name: string | undefined,
  path: ValuePath,
  asked: AskedOf<Key>,
): Found => ({
  place: { section, ...(name !== undefined && { name }) },
  path,
  asked: asked,
});

/** Everything that a tenant's file asks of what others share, in the order of the file. */
export function* usesOf(
  linked: LinkedTenant,
  environments: ReadonlyMap<string, LinkedEnvironment | undefined>,
): Generator<Use> {
  for (const settings of linked.tenant.environments) {
    const environment = environments.get(settings.environment.inventoryName);
    if (environment === undefined) continue;
    for (const found of engineUses(settings)) yield { environment, ...found };
    for (const { policy, index } of linked.policies.get(settings) ?? []) {
      const file = linked.file.policies[index];
      const path = ['policies', index];
      // Where one was left out, which is a problem, the places of the others are not known.
      if (file?.logins.length === policy.logins.length) {
        for (const [at, login] of policy.logins.entries()) {
          for (const found of loginUses(login, [...path, 'logins', at])) yield { environment, ...found };
        }
      }
      if (file?.grants.length !== policy.grants.length) continue;
      for (const [at, grant] of policy.grants.entries()) {
        if (grant.type !== 'documents' || grant.environment === settings.environment) continue;
        const other = environments.get(grant.environment.inventoryName);
        if (other === undefined) continue;
        const asked = { from: settings.environment.inventoryName, paths: [grant.path], operations: grant.operations };
        yield { environment: other, ...use('grants', undefined, [...path, 'grants', at, 'environment'], asked) };
      }
    }
  }
}

function* engineUses({ certificates, databaseRoles, awsRoles, sshRoles }: TenantEnvironment): Generator<Found> {
  for (const { name, authority, domains, subdomains, ipAddresses } of certificates) {
    for (const [index, domain] of domains.entries()) {
      const path = ['certificates', name, 'domains', index];
      yield use('authorities', authority.inventoryName, path, { domains: [domain], subdomains, ipAddresses });
    }
  }
  for (const role of databaseRoles) {
    const { name, connection } = role;
    const asked = { memberOf: [], accounts: [], creationStatements: [] };
    if (role.kind === 'static') {
      const path = ['databases', name, 'username'];
      yield use('databases', connection.name, path, { ...asked, accounts: [role.username] });
      continue;
    }
    for (const key of ['memberOf', 'creationStatements'] as const) {
      for (const [index, text] of role[key].entries()) {
        yield use('databases', connection.name, ['databases', name, key, index], { ...asked, [key]: [text] });
      }
    }
  }
  for (const { name, kind, roleArns, policyArns, policyDocument } of awsRoles) {
    const asked = { roleArns: [], policyArns: [], policyDocuments: [] };
    for (const [key, arns] of Object.entries({ roleArns, policyArns })) {
      for (const [index, arn] of arns.entries()) {
        yield use('aws', undefined, ['awsRoles', name, key, index], { ...asked, [key]: [arn] });
      }
    }
    // It restricts a role that is assumed, and gives permissions to the others.
    if (policyDocument === undefined || kind === 'assumed-role') continue;
    yield use('aws', undefined, ['awsRoles', name, 'policyDocument'], { ...asked, policyDocuments: [policyDocument] });
  }
  for (const { name, certificateType, principals, extensions, maxTtlSeconds } of sshRoles) {
    const key = certificateType === 'user' ? 'principals' : 'hosts';
    for (const [index, principal] of principals.entries()) {
      const asked = { principals: [], hosts: [], extensions, maxTtlSeconds, [key]: [principal] };
      yield use('ssh', undefined, ['sshRoles', name, 'principals', index], asked);
    }
  }
}

const noLogin: AskedOf<'authMethods'> = {
  namespaces: [],
  serviceAccounts: [],
  boundClaims: {},
  groups: [],
  iamPrincipalArns: [],
  iamInstanceProfileArns: [],
  accountIds: [],
  vpcIds: [],
};

function* loginUses(login: Login, path: ValuePath): Generator<Found> {
  if (!('method' in login)) return;
  const loginUse = (at: ValuePath, asked: Partial<AskedOf<'authMethods'>>): Found =>
    use('authMethods', login.method.inventoryName, [...path, ...at], { ...noLogin, ...asked });
  switch (login.type) {
    case 'kubernetes': {
      const { namespaces, serviceAccounts } = login;
      yield loginUse(['namespaces'], { namespaces, serviceAccounts });
      return;
    }
    case 'jwt':
    case 'oidc':
      yield loginUse(['boundClaims'], { boundClaims: login.boundClaims });
      return;
    case 'ldap':
      for (const [index, group] of login.groups.entries()) yield loginUse(['groups', index], { groups: [group] });
      return;
    case 'aws': {
      if (login.authType === 'iam') {
        for (const [index, arn] of login.iamPrincipalArns.entries()) {
          yield loginUse(['iamPrincipalArns', index], { iamPrincipalArns: [arn] });
        }
        return;
      }
      const { iamInstanceProfileArns, accountIds, vpcIds } = login;
      yield loginUse([], { iamInstanceProfileArns, accountIds, vpcIds });
    }
  }
}
