import { SshSecretBackendCa } from '@cdktf/provider-vault/lib/ssh-secret-backend-ca';
import type { Construct } from 'constructs';

import { sshOperations } from '../policy/operations';
import type { IGrantable } from '../policy/policy-document';
import { roleNameOf, type NamedRole } from './name-in-engine';
import { imported, SecretEngineBase, type SecretEngineProps } from './secret-engine';

/** An SSH engine of this or another stack that signs keys. */
export class SshEngineBase extends SecretEngineBase {
  /** API path of the authority's public key, which hosts have to trust. It requires no token. */
  public get publicKeyPath(): string {
    return `${this.mountPath}/public_key`;
  }

  /**
   * Have an SSH key signed by a role.
   *
   * @param reason comment in the policy. @default - none
   */
  public grantSign(grantee: IGrantable, role: NamedRole, reason?: string): void {
    this.write(grantee, { table: sshOperations, operations: ['sign'], kind: 'role', name: roleNameOf(role), reason });
  }
}

export type ISshEngine = SshEngineBase;

/**
 * An SSH engine with its own certificate authority, Ed25519. The server generates the private key, which never leaves it; the state
 * contains the public key. Terraform refuses to destroy it, because all hosts would have to trust another authority.
 *
 * @see https://openbao.org/docs/secrets/ssh/signed-ssh-certificates/
 */
export class SshEngine extends SshEngineBase {
  /** An engine of another stack; access to it can be granted. */
  public static readonly fromSshEngineAttributes = imported(SshEngineBase);

  constructor(scope: Construct, id: string, props: SecretEngineProps) {
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
