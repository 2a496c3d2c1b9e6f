import { KubernetesAuthBackendConfig } from '@cdktf/provider-vault/lib/kubernetes-auth-backend-config';
import type { Construct } from 'constructs';

import type { KubernetesMethod } from '../../model/cluster/auth-methods/kubernetes';
import { validateProps, type PropsRule } from '../validate-props';
import { AuthMethodBase, imported, type AuthMethodProps } from './auth-method';

export interface KubernetesAuthProps
  extends AuthMethodProps, Pick<KubernetesMethod, 'host' | 'caCertificate' | 'issuer' | 'tokenReview'> {}

const rules: readonly PropsRule<KubernetesAuthProps>[] = [
  ({ tokenReview, caCertificate }) =>
    tokenReview === 'server' || caCertificate !== undefined
      ? undefined
      : {
          message: 'no CA certificate of the API server',
          given: `tokenReview: ${tokenReview}`,
          allowed: 'no `caCertificate` with tokenReview `server` only: the server then uses the CA of its own pod',
          fix: 'set caCertificate to the PEM in `certificate-authority-data` of `kubectl config view --raw`',
        },
];

/**
 * The auth method for the programs of one Kubernetes cluster. With `tokenReview: 'reviewer'` Terraform creates the mount only. The
 * settings contain the reviewer's token, and the server replaces all settings at each write, so a write by Terraform would remove
 * the token. An operator writes settings and token together; see operations/credentials.ts.
 *
 * @see https://openbao.org/docs/auth/kubernetes/
 */
export class KubernetesAuth extends AuthMethodBase<'kubernetes'> {
  /** An auth method of another stack. */
  public static readonly fromKubernetesAuthAttributes = imported('kubernetes');

  /** @throws PlatformError `construct` if there is no CA certificate and the server cannot use that of its own pod */
  constructor(scope: Construct, id: string, props: KubernetesAuthProps) {
    super(scope, id, 'kubernetes', props);
    validateProps(this, props, rules);
    const { host, caCertificate, issuer, tokenReview } = props;
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
