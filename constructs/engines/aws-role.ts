import { AwsSecretBackendRole } from '@cdktf/provider-vault/lib/aws-secret-backend-role';
import { Construct } from 'constructs';

import { PlatformError } from '../../model/errors';
import type { AwsRole as AwsRoleModel } from '../../model/tenant/aws-role';
import type { IAwsEngine } from './aws-engine';
import { nameOf } from './name-in-engine';

export interface AwsRoleProps extends Pick<AwsRoleModel, 'kind' | 'policyDocument' | 'roleName'> {
  readonly engine: IAwsEngine;
  /** Roles to assume; for `assumed-role` only, and then at least one. @default - none */
  readonly roleArns?: readonly string[];
  /** Managed policies; for the other two. @default - none */
  readonly policyArns?: readonly string[];
  /**
   * How long credentials last, 900 seconds or more. An IAM user lasts as long as the engine's settings say, whatever stands here.
   * @default - AWS's own, one hour
   */
  readonly defaultTtlSeconds?: number;
  /** How long they last at most. @default - no limit but AWS's */
  readonly maxTtlSeconds?: number;
}

/**
 * A role by which credentials of AWS are had: of a role that is assumed, of a federated user, or of an IAM user made for the
 * purpose. The first two cannot be taken back before they end; AWS gives them for 15 minutes at least.
 *
 * With an instance role as the engine's credential, `federation-token` is refused by AWS, and a role can be assumed for one
 * hour at most.
 *
 * @see https://developer.hashicorp.com/vault/docs/secrets/aws
 */
export class AwsRole extends Construct {
  public readonly roleName: string;

  /** @throws PlatformError `construct` if the kind and what it may do do not fit together */
  constructor(scope: Construct, id: string, props: AwsRoleProps) {
    super(scope, id);
    const { engine, kind, policyDocument, roleArns = [], policyArns = [] } = props;
    this.roleName = nameOf('role', props.roleName);
    checkPermissions(props);
    const document = policyDocument === undefined ? undefined : compact(policyDocument);
    new AwsSecretBackendRole(this, 'Resource', {
      backend: engine.backend,
      name: this.roleName,
      credentialType: kind.replace('-', '_'),
      ...(roleArns.length > 0 && { roleArns: [...roleArns] }),
      ...(policyArns.length > 0 && { policyArns: [...policyArns] }),
      ...(document !== undefined && { policyDocument: document }),
      ...(kind !== 'iam-user' && lifetimes(props)),
    });
  }
}

function lifetimes(props: AwsRoleProps): { defaultStsTtl?: number; maxStsTtl?: number } {
  const { defaultTtlSeconds, maxTtlSeconds } = props;
  const [first = 900, last = first] = [defaultTtlSeconds, maxTtlSeconds];
  if (first < 900 || last < first) {
    throw refuse(
      'credentials of AWS do not last like that',
      `${first} seconds, at most ${last}`,
      '900 seconds or more, and a longest life that is not shorter',
    );
  }
  return {
    ...(defaultTtlSeconds !== undefined && { defaultStsTtl: defaultTtlSeconds }),
    ...(maxTtlSeconds !== undefined && { maxStsTtl: maxTtlSeconds }),
  };
}

function checkPermissions({ kind, policyDocument, roleArns = [], policyArns = [] }: AwsRoleProps): void {
  if (kind === 'assumed-role') {
    if (roleArns.length === 0) throw refuse('a role that is assumed is not named', kind, 'at least one in `roleArns`');
    if (policyArns.length > 0) throw refuse('what is assumed has its own policies', kind, 'no `policyArns`');
    return;
  }
  if (roleArns.length > 0) throw refuse('only `assumed-role` assumes roles', kind, 'no `roleArns`');
  if (policyArns.length === 0 && policyDocument === undefined) {
    throw refuse('it is not said what credentials may do', kind, '`policyArns`, `policyDocument` or both');
  }
}

/** One line, as the server keeps it. */
function compact(policyDocument: string): string {
  try {
    return JSON.stringify(JSON.parse(policyDocument));
  } catch (error) {
    throw refuse('the policy is not JSON', (error as Error).message, 'a policy as AWS writes it');
  }
}

const refuse = (message: string, given: string, allowed: string): PlatformError =>
  new PlatformError('construct', [{ message, given, allowed, fix: 'correct the role' }]);
