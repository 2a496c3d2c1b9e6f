import { SshSecretBackendCa } from '@cdktf/provider-vault/lib/ssh-secret-backend-ca';
import type { Construct } from 'constructs';

import { grantOperations, sshOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { nameOf, type Named } from './name-in-engine';
import {
  SecretEngineBase,
  type ISecretEngine,
  type SecretEngineAttributes,
  type SecretEngineProps,
} from './secret-engine';

/** An SSH engine that signs keys, made here or elsewhere. */
export interface ISshEngine extends ISecretEngine {
  /** API path that gives the public key of the authority to anybody: what hosts are to trust. */
  readonly publicKeyPath: string;
  /**
   * Get one's SSH key signed by a role, named by a construct or by its name.
   *
   * @param reason a comment in the policy. @default - none
   */
  grantSign(grantee: IGrantable, role: Named, reason?: string): void;
}

export type SshEngineAttributes = SecretEngineAttributes;
export type SshEngineProps = SecretEngineProps;

abstract class SshEngineBase extends SecretEngineBase implements ISshEngine {
  public get publicKeyPath(): string {
    return `${this.mountPath}/public_key`;
  }

  public grantSign(grantee: IGrantable, role: Named, reason?: string): void {
    const subject = { mountPath: this.mountPath, name: nameOf('role', role), ...(reason !== undefined && { reason }) };
    grantOperations(grantee, sshOperations, ['sign'], subject);
  }
}

class ImportedSshEngine extends SshEngineBase {}

/**
 * An SSH engine with a certificate authority of its own, Ed25519. The server makes its private key and never gives it away;
 * the state holds the public one. Terraform refuses to destroy it: all hosts would have to trust another.
 *
 * @see https://openbao.org/docs/secrets/ssh/signed-ssh-certificates/
 */
export class SshEngine extends SshEngineBase {
  /** An engine that another stack owns; nothing is made, access to it can be granted. */
  public static fromSshEngineAttributes(scope: Construct, id: string, attributes: SshEngineAttributes): ISshEngine {
    return new ImportedSshEngine(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: SshEngineProps) {
    super(scope, id, props);
    this.mount({ type: 'ssh' }, props);
    new SshSecretBackendCa(this, 'authority', {
      backend: this.backend,
      generateSigningKey: true,
      keyType: 'ssh-ed25519',
      lifecycle: { preventDestroy: true },
    });
  }
}
