import { KubernetesAuthBackendConfig } from '@cdktf/provider-vault/lib/kubernetes-auth-backend-config';
import type { Construct } from 'constructs';

import type { KubernetesMethod } from '../../model/cluster/auth-methods/kubernetes';
import { refuse } from '../refuse';
import {
  AuthMethodBase,
  ImportedAuthMethod,
  type AuthMethodAttributes,
  type AuthMethodProps,
  type IAuthMethod,
} from './auth-method';

/** A Kubernetes auth method, made here or elsewhere. */
export type IKubernetesAuth = IAuthMethod<'kubernetes'>;

export interface KubernetesAuthProps
  extends AuthMethodProps, Pick<KubernetesMethod, 'host' | 'caCertificate' | 'issuer' | 'tokenReview'> {}

/**
 * The auth method for the programs of one Kubernetes cluster. With `tokenReview: 'reviewer'` only the mount is made here: its
 * settings hold the reviewer's token, the server replaces them as a whole, and so a later change by Terraform would drop
 * that token. An operator hands over both at once; see operations/credentials.ts.
 *
 * @see https://openbao.org/docs/auth/kubernetes/
 */
export class KubernetesAuth extends AuthMethodBase<'kubernetes'> {
  /** An auth method that another stack owns. */
  public static fromKubernetesAuthAttributes(
    scope: Construct,
    id: string,
    attributes: AuthMethodAttributes,
  ): IKubernetesAuth {
    return new ImportedAuthMethod(scope, id, 'kubernetes', attributes);
  }

  /** @throws PlatformError `construct` if no CA is given where Vault cannot use that of its own pod */
  constructor(scope: Construct, id: string, props: KubernetesAuthProps) {
    super(scope, id, 'kubernetes', props);
    const { host, caCertificate, issuer, tokenReview } = props;
    if (tokenReview !== 'server' && caCertificate === undefined) {
      refuse({
        message: `Kubernetes auth ${props.mountPath}: no CA of the API server`,
        allowed: 'none only with tokenReview `server`, which takes the CA of the pod that the server runs in',
        fix: 'give caCertificate, the PEM that `kubectl config view --raw` has as certificate-authority-data',
      });
    }
    this.mount(props);
    if (tokenReview === 'reviewer') return;
    new KubernetesAuthBackendConfig(this, 'config', {
      backend: this.backend,
      kubernetesHost: host,
      ...(caCertificate !== undefined && { kubernetesCaCert: caCertificate }),
      ...(issuer !== undefined && { issuer }),
      disableIssValidation: issuer === undefined,
      disableLocalCaJwt: tokenReview !== 'server',
    });
  }
}
