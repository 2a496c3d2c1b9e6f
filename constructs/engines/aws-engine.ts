import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { Construct } from 'constructs';

import type { AwsEngineSettings } from '../../model/environment/engines';
import { PlatformError } from '../../model/errors';
import { serverDuration } from '../duration';
import { awsOperations, grantOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { nameOf, type Named } from './name-in-engine';
import {
  SecretEngineBase,
  type ISecretEngine,
  type SecretEngineAttributes,
  type SecretEngineProps,
} from './secret-engine';

/** An AWS engine, made here or elsewhere. */
export interface IAwsEngine extends ISecretEngine {
  /**
   * Get credentials of AWS by a role, named by a construct or by its name.
   *
   * @param reason a comment in the policy. @default - none
   */
  grantCredentials(grantee: IGrantable, role: Named, reason?: string): void;
}

export type AwsEngineAttributes = SecretEngineAttributes;

export interface AwsEngineProps extends SecretEngineProps, Omit<AwsEngineSettings, 'tuning'> {
  /** How long an IAM user lasts unless its lease is renewed. */
  readonly defaultTtlSeconds: number;
  /** How long it lasts at most. */
  readonly maxTtlSeconds: number;
}

abstract class AwsEngineBase extends SecretEngineBase implements IAwsEngine {
  public grantCredentials(grantee: IGrantable, role: Named, reason?: string): void {
    const subject = { mountPath: this.mountPath, name: nameOf('role', role), ...(reason !== undefined && { reason }) };
    grantOperations(grantee, awsOperations, ['credentials'], subject);
  }
}

class ImportedAwsEngine extends AwsEngineBase {}

/**
 * An AWS engine; Vault has it, OpenBao has not. Its own credential never comes near Terraform: it is the instance role of the
 * server's machines, or an access key that an operator hands over and the server changes at once. Terraform writes the
 * settings beside it and leaves the key alone; `vault_aws_secret_backend` would empty it whenever a setting changes.
 *
 * @see https://developer.hashicorp.com/vault/docs/secrets/aws
 */
export class AwsEngine extends AwsEngineBase {
  /** An engine that another stack owns; nothing is made, access to it can be granted. */
  public static fromAwsEngineAttributes(scope: Construct, id: string, attributes: AwsEngineAttributes): IAwsEngine {
    return new ImportedAwsEngine(scope, id, attributes);
  }

  /** @throws PlatformError `construct` if the longest life is shorter than the usual one */
  constructor(scope: Construct, id: string, props: AwsEngineProps) {
    super(scope, id, props);
    const { region, iamEndpoint, stsEndpoint, defaultTtlSeconds, maxTtlSeconds } = props;
    checkTtl(defaultTtlSeconds, maxTtlSeconds);
    this.mount({ type: 'aws' }, props);
    this.addSettings('root', {
      region,
      ...(iamEndpoint !== undefined && { iam_endpoint: iamEndpoint }),
      // An STS of one's own has a region of one's own.
      ...(stsEndpoint !== undefined && { sts_endpoint: stsEndpoint, sts_region: region }),
    });
    // As the server prints it, so that a plan sees no change.
    this.addSettings('lease', { lease: serverDuration(defaultTtlSeconds), lease_max: serverDuration(maxTtlSeconds) });
  }

  /** Of what the server answers only what stands here is compared and kept in the state. */
  private addSettings(name: 'lease' | 'root', settings: Readonly<Record<string, string>>): void {
    new GenericEndpoint(this, name, {
      path: `${this.backend}/config/${name}`,
      dataJson: JSON.stringify(settings),
      ignoreAbsentFields: true,
      disableDelete: true,
    });
  }
}

function checkTtl(defaultSeconds: number, maxSeconds: number): void {
  if (defaultSeconds > 0 && defaultSeconds <= maxSeconds) return;
  throw new PlatformError('construct', [
    {
      message: 'a user lasts no longer than its longest life',
      given: `${defaultSeconds} seconds, at most ${maxSeconds}`,
      fix: 'name a longest life that is not shorter',
    },
  ]);
}
