import type { TokenSettings } from '../../model/environment/app-role';
import type { IPolicy } from '../policy/policy';
import type { IAuthMethod, MountType } from './auth-method';

/** What can be logged in as. */
export interface ILoginRole {
  readonly roleName: string;
  /**
   * What names its clients in identity, one for each client that is known before it logs in; a value, or a reference to one
   * that the server chooses. Empty where only a login shows who it is.
   */
  readonly aliasNames: readonly string[];
}

/** What every role gives: a token with policies. */
export interface LoginRoleProps extends TokenSettings {
  readonly roleName: string;
  /** What a login gets, besides the server's `default` policy; at least one. */
  readonly policies: readonly Pick<IPolicy, 'policyName'>[];
}

/** The same, at an auth method of a type. */
export interface MountedRoleProps<Type extends MountType> extends LoginRoleProps {
  readonly auth: IAuthMethod<Type>;
}

/** Arguments that the provider's roles have in common. */
interface TokenArguments {
  readonly tokenPolicies: string[];
  readonly tokenType: string;
  readonly tokenTtl: number;
  readonly tokenMaxTtl: number;
  readonly tokenBoundCidrs?: string[];
}

export function tokenArguments(props: LoginRoleProps): TokenArguments {
  return {
    tokenPolicies: policyNames(props),
    tokenType: props.tokenType,
    tokenTtl: props.tokenTtlSeconds,
    tokenMaxTtl: props.tokenMaxTtlSeconds,
    // An empty list and no list are the same to the server, but not to a plan.
    ...(props.tokenBoundCidrs.length > 0 && { tokenBoundCidrs: [...props.tokenBoundCidrs] }),
  };
}

export const policyNames = ({ policies }: Pick<LoginRoleProps, 'policies'>): string[] =>
  policies.map(({ policyName }) => policyName);
