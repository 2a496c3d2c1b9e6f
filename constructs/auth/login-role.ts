import type { TokenSettings } from '../../model/environment/app-role';
import type { IPolicy } from '../policy/policy';
import type { IAuthMethod, MountType } from './auth-method';

/** A role that clients log in to. */
export interface ILoginRole {
  readonly roleName: string;
  /**
   * Aliases of its clients in identity: one for each client that is known before it logs in, as a value or as a reference to a value
   * that the server generates. Empty if clients are known only after they log in.
   */
  readonly aliasNames: readonly string[];
}

/** Props of every role: it issues a token with policies. */
export interface LoginRoleProps extends TokenSettings {
  readonly roleName: string;
  /** Policies of the token, besides the server's `default` policy; at least one. */
  readonly policies: readonly Pick<IPolicy, 'policyName'>[];
}

/** Props of a role of a mounted auth method. */
export interface MountedRoleProps<Type extends MountType> extends LoginRoleProps {
  readonly auth: IAuthMethod<Type>;
}

/** Arguments that the provider's role resources share. */
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
    // The server returns no list for an empty one, so a plan would show a change.
    ...(props.tokenBoundCidrs.length > 0 && { tokenBoundCidrs: [...props.tokenBoundCidrs] }),
  };
}

export const policyNames = ({ policies }: Pick<LoginRoleProps, 'policies'>): string[] =>
  policies.map(({ policyName }) => policyName);
