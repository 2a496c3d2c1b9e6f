import { PkiSecretBackendConfigCluster } from '@cdktf/provider-vault/lib/pki-secret-backend-config-cluster';
import { PkiSecretBackendConfigUrls } from '@cdktf/provider-vault/lib/pki-secret-backend-config-urls';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

import type { ISecretEngine } from '../engines/secret-engine';
import { EngineSetting } from './engine-setting';

export interface AuthoritySettingsProps {
  readonly engine: ISecretEngine;
  /** URL of the cluster, `https://host:port`. */
  readonly clusterAddress: string;
  /** Life of a list of revoked certificates. */
  readonly crlTtlSeconds: number;
  readonly acme: boolean;
}

const minute = 60;
const hour = 60 * minute;
/** Age at which a list of revoked certificates is made anew, whatever its life. */
const crlInterval = 15 * minute;

/** What holds for an authority as a whole, whichever of its issuers signs. */
export class AuthoritySettings extends Construct {
  /** What an authority that is signed by this one has to wait for: its certificate is to say where the list is. */
  public readonly addresses: ITerraformDependable;
  private readonly cluster: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AuthoritySettingsProps,
  ) {
    super(scope, id);
    this.cluster = this.addCluster();
    this.addresses = this.addAddresses();
    this.addRevocation();
    this.addTidy();
    this.addAcme();
  }

  private addCluster(): ITerraformDependable {
    const { engine, clusterAddress } = this.props;
    return new PkiSecretBackendConfigCluster(this, 'cluster', {
      backend: engine.backend,
      path: `${clusterAddress}/v1/${engine.mountPath}`,
    });
  }

  /**
   * Where the issuer, its list of revoked certificates and its OCSP responder are found. The server fills in who issues, so
   * that a certificate leads to the list of its own issuer also after another has taken over. A root has none of these: it
   * would vouch for itself.
   */
  private addAddresses(): ITerraformDependable {
    return new PkiSecretBackendConfigUrls(this, 'urls', {
      backend: this.props.engine.backend,
      enableTemplating: true,
      issuingCertificates: ['{{cluster_path}}/issuer/{{issuer_id}}/der'],
      crlDistributionPoints: ['{{cluster_path}}/issuer/{{issuer_id}}/crl/der'],
      ocspServers: ['{{cluster_path}}/ocsp'],
      dependsOn: [this.cluster],
    });
  }

  /**
   * With `auto_rebuild` a list is made anew when no more than the grace period is left of it, and not at each revocation. So
   * the grace period is nearly all of its life: a revocation shows within minutes, and a list lasts through an outage.
   */
  private addRevocation(): void {
    const { engine, crlTtlSeconds } = this.props;
    const interval = Math.min(crlInterval, Math.floor(crlTtlSeconds / 2));
    new EngineSetting(this, 'crl', {
      engine,
      path: 'config/crl',
      values: {
        disable: false,
        expiry: `${crlTtlSeconds}s`,
        auto_rebuild: true,
        auto_rebuild_grace_period: `${crlTtlSeconds - interval}s`,
        enable_delta: false,
        ocsp_disable: false,
        ocsp_expiry: `${interval}s`,
      },
    });
  }

  /** What has expired for a day is of no use to anybody; the audit log still tells who got it. Issuers stay. */
  private addTidy(): void {
    const { engine, acme } = this.props;
    new EngineSetting(this, 'tidy', {
      engine,
      path: 'config/auto-tidy',
      values: {
        enabled: true,
        interval_duration: hour,
        safety_buffer: 24 * hour,
        tidy_cert_store: true,
        tidy_revoked_certs: true,
        tidy_revoked_cert_issuer_associations: true,
        tidy_expired_issuers: false,
        tidy_acme: acme,
      },
    });
  }

  /**
   * Always by a role, whose extended key usage holds: by default ACME gives out certificates for servers whatever the role
   * says, and for any name. An account is bound to a token that a policy allows to fetch.
   */
  private addAcme(): void {
    const { engine, acme } = this.props;
    new EngineSetting(this, 'acme', {
      engine,
      path: 'config/acme',
      values: {
        enabled: acme,
        allow_role_ext_key_usage: true,
        allowed_issuers: ['*'],
        allowed_roles: ['*'],
        default_directory_policy: 'forbid',
        eab_policy: 'always-required',
      },
      after: [this.cluster],
    });
  }
}
