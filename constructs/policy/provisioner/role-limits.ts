import type { Dialect } from '../../../model/dialect';
import type { Environment } from '../../../model/environment/environment';
import { customPolicy, keySetAccesses, keySetPolicy, tenantPolicy } from '../../../model/names';
import type { Tenant } from '../../../model/tenant/tenant';
import type { ParameterValues, PolicyStatement } from '../policy-document';
import type { MountedType } from './paths';

type Limits = Pick<PolicyStatement, 'allowedValues' | 'deniedValues' | 'deniedParameters'>;

/**
 * Limits of requests that write roles: an AppRole demands a SecretID, and on Vault a role gives policies of teams only. The provider sends
 * policies as a list. Vault compares each element of a list, OpenBao only the list as a whole, so that it cannot be limited there.
 */
export class RoleLimits {
  /** Of token roles, which create tokens with policies. */
  public readonly tokenRoles: Limits;
  private readonly policies: readonly string[] | undefined;

  /** @param tenants with the policies of their files, whose names may have any form */
  constructor(dialect: Dialect, environments: readonly Environment[], tenants: readonly Tenant[]) {
    this.policies = dialect === 'vault' ? policiesOfTeams(environments, tenants) : undefined;
    const { allowedValues = { '*': [] }, deniedValues } = this.giving('allowed_policies');
    this.tokenRoles = {
      // The provider always sends this list. Empty, it allows nothing.
      allowedValues: { allowed_policies_glob: [[]], ...allowedValues },
      ...(deniedValues && { deniedValues }),
    };
  }

  /** Of roles of an auth method, and of its groups. */
  public of(type: MountedType): Limits {
    if (type === 'ldap') return this.giving('policies');
    const { allowedValues, deniedValues } = this.giving('token_policies');
    // The former name of token_policies.
    const deniedParameters = ['policies'];
    if (type !== 'approle')
      return { ...(allowedValues && { allowedValues, deniedValues: deniedValues ?? {} }), deniedParameters };
    return {
      // Only the JSON value true: servers convert many texts and numbers to false. Vault allows an empty text everywhere.
      allowedValues: { bind_secret_id: [true], ...(allowedValues ?? { '*': [] }) },
      deniedValues: { bind_secret_id: [''], ...deniedValues },
      deniedParameters,
    };
  }

  private giving(parameter: string): {
    readonly allowedValues?: ParameterValues;
    readonly deniedValues?: ParameterValues;
  } {
    if (this.policies === undefined) return {};
    return {
      allowedValues: { [parameter]: this.policies, '*': [] },
      // A text that servers take for a list of several policies.
      deniedValues: { [parameter]: ['*,*', '[*'] },
    };
  }
}

/** Names of policies of teams, with a `*` for any tenant; and those of another form. */
function policiesOfTeams(environments: readonly Environment[], tenants: readonly Tenant[]): string[] {
  const names = new Set(environments.map(({ name }) => name));
  const forms = environments.flatMap((environment) => [
    ...keySetAccesses.map((access) => keySetPolicy({ name: '*' }, environment, access)),
    tenantPolicy({ name: '*' }, environment),
    `*${customPolicy({ name: '' }, '', environment).replace(/^\.+/, '.')}`,
  ]);
  const others = tenants.flatMap(({ environments: settings }) =>
    settings
      .filter(({ environment }) => names.has(environment.name))
      .flatMap(({ policies }) => policies.map(({ name }) => name))
      .filter((name) => !forms.some((form) => name.endsWith(form.slice(1)))),
  );
  return [...forms, ...[...new Set(others)].sort()];
}
