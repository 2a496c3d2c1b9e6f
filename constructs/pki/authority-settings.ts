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
  /** Lifetime of a certificate revocation list (CRL). */
  readonly crlTtlSeconds: number;
  readonly acme: boolean;
}

const minute = 60;
const hour = 60 * minute;
/** Maximum age at which a CRL is rebuilt. */
const crlInterval = 15 * minute;

/** Settings of an authority that do not depend on the issuer. */
export class AuthoritySettings extends Construct {
  /** Terraform creates it before authorities that this one signs: their certificates contain the address of the CRL. */
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
   * Addresses of the issuer's certificate, CRL and OCSP responder in certificates. The server fills in the id of the issuer, so that a
   * certificate refers to the CRL of its own issuer even after the default issuer changed. A root's own certificate has no addresses.
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
   * With `auto_rebuild` the server rebuilds a CRL when its remaining lifetime is below the grace period, and not at each revocation.
   * The grace period is nearly the whole lifetime: a revocation takes effect within minutes, and the CRL stays valid during an outage.
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

  /** Deletes certificates one day after they expired; the audit log still records them. Issuers are kept. */
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
   * Requires a role and uses its extended key usage. By default ACME issues server certificates for any name, whatever the role. An
   * account requires external account binding (EAB).
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
