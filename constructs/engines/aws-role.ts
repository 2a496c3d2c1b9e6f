import { AwsSecretBackendRole } from '@cdktf/provider-vault/lib/aws-secret-backend-role';
import { Construct } from 'constructs';

import { awsPolicyRule } from '../../model/language/rules/document';
import { ttlProblem } from '../ttl-problem';
import { validateProps, valueProblems, type PropsRule } from '../validate-props';
import type { IAwsEngine } from './aws-engine';
import { nameProblem } from './name-in-engine';

export interface AwsRoleProps {
  readonly engine: IAwsEngine;
  /** Name in the engine. */
  readonly roleName: string;
  /** Credentials of an assumed role, of a federated user, or of a new IAM user. */
  readonly kind: 'assumed-role' | 'federation-token' | 'iam-user';
  /** Roles to assume; required for `assumed-role`, not allowed otherwise. @default - none */
  readonly roleArns?: readonly string[];
  /** Managed policies; not allowed for `assumed-role`. @default - none */
  readonly policyArns?: readonly string[];
  /** A policy in AWS's JSON, without secrets. With `assumed-role` it can only restrict the role. @default - none */
  readonly policyDocument?: string;
  /**
   * Lifetime of credentials, 900 seconds or more. For `iam-user` the engine's settings apply instead.
   * @default - AWS's, one hour
   */
  readonly defaultTtlSeconds?: number;
  /** Maximum lifetime of credentials. @default - AWS's */
  readonly maxTtlSeconds?: number;
}

/** AWS issues temporary credentials for 15 minutes at least. */
const minTtlSeconds = 900;

const rules: readonly PropsRule<AwsRoleProps>[] = [
  ({ roleName }) => nameProblem('role', roleName),
  ({ kind, roleArns = [] }) =>
    kind === 'assumed-role' && roleArns.length === 0
      ? { message: 'no role to assume', given: kind, allowed: 'at least one in `roleArns`', fix: 'add `roleArns`' }
      : undefined,
  ({ kind, policyArns = [] }) =>
    kind === 'assumed-role' && policyArns.length > 0
      ? {
          message: 'an assumed role has its own policies',
          given: `${kind}, policyArns: ${policyArns.join(', ')}`,
          allowed: '`roleArns` and `policyDocument`',
          fix: 'remove `policyArns`',
        }
      : undefined,
  ({ kind, roleArns = [] }) =>
    kind !== 'assumed-role' && roleArns.length > 0
      ? {
          message: 'only `assumed-role` assumes roles',
          given: `${kind}, roleArns: ${roleArns.join(', ')}`,
          allowed: '`policyArns` and `policyDocument`',
          fix: 'remove `roleArns`, or set kind to `assumed-role`',
        }
      : undefined,
  ({ kind, policyArns = [], policyDocument }) =>
    kind !== 'assumed-role' && policyArns.length === 0 && policyDocument === undefined
      ? {
          message: 'the credentials have no permissions',
          given: kind,
          allowed: '`policyArns`, `policyDocument` or both',
          fix: 'add `policyArns` or `policyDocument`',
        }
      : undefined,
  ({ policyDocument }) =>
    policyDocument === undefined ? undefined : valueProblems('policyDocument', awsPolicyRule, [policyDocument]),
  ({ kind, defaultTtlSeconds: ttlSeconds = minTtlSeconds, maxTtlSeconds = ttlSeconds }) =>
    kind === 'iam-user' ? undefined : ttlProblem({ ttlSeconds, maxTtlSeconds, minSeconds: minTtlSeconds }),
];

/**
 * A role that issues credentials of AWS: of an assumed role, of a federated user, or of a new IAM user. Temporary credentials, those of
 * the first two kinds, cannot be revoked before they expire.
 *
 * If the engine's credential is an instance role, AWS refuses `federation-token`, and assumes roles for one hour at most.
 *
 * @see https://developer.hashicorp.com/vault/docs/secrets/aws
 */
export class AwsRole extends Construct {
  public readonly roleName: string;

  /** @throws PlatformError `construct` if kind, roles, policies and TTLs do not match */
  constructor(scope: Construct, id: string, props: AwsRoleProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { engine, roleName, kind, policyDocument, roleArns = [], policyArns = [] } = props;
    this.roleName = roleName;
    new AwsSecretBackendRole(this, 'Resource', {
      backend: engine.backend,
      name: roleName,
      credentialType: kind.replace('-', '_'),
      ...(roleArns.length > 0 && { roleArns: [...roleArns] }),
      ...(policyArns.length > 0 && { policyArns: [...policyArns] }),
      // On one line, as the server stores it.
      ...(policyDocument !== undefined && { policyDocument: JSON.stringify(JSON.parse(policyDocument)) }),
      ...(kind !== 'iam-user' && ttls(props)),
    });
  }
}

const ttls = ({ defaultTtlSeconds, maxTtlSeconds }: AwsRoleProps): { defaultStsTtl?: number; maxStsTtl?: number } => ({
  ...(defaultTtlSeconds !== undefined && { defaultStsTtl: defaultTtlSeconds }),
  ...(maxTtlSeconds !== undefined && { maxStsTtl: maxTtlSeconds }),
});
