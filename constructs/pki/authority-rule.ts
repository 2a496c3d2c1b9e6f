import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

import { allOf } from '../validate-props';
import type { CertificateAuthorityProps } from './certificate-authority';

interface AuthorityCheck extends CertificateAuthorityProps {
  readonly construct: IConstruct;
}

/** Rules for the issuers, TTLs and the signer of a certificate authority. */
export const authorityRule = allOf<AuthorityCheck>(
  ({ issuers }) => {
    const names = issuers.map(({ name }) => name);
    const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    return [...repeated].map((given) => ({
      message: 'two issuers have the same name',
      given,
      fix: 'give each generation another name, for example its year',
    }));
  },
  ({ issuers, defaultIssuer }) =>
    issuers.some(({ name }) => name === defaultIssuer)
      ? undefined
      : {
          message: 'the default issuer is not one of the issuers',
          given: defaultIssuer,
          allowed: issuers.map(({ name }) => name).join(', ') || 'none, because there are no issuers',
          fix: 'name one of the issuers',
        },
  ({ signer, issuers }) =>
    issuers
      .filter(({ signedCertificate }) => signer !== 'offline' && signedCertificate !== undefined)
      .map(({ name }) => ({
        message: 'an issuer has a signedCertificate, but its signer is not offline',
        given: name,
        allowed: 'signedCertificate with signer `offline`',
        fix: 'remove signedCertificate: the server creates the certificate',
      })),
  ({ signer, issuers, defaultIssuer }) => {
    const signed = issuers.filter(({ signedCertificate }) => signedCertificate !== undefined);
    return signer !== 'offline' || signed.length === 0 || signed.some(({ name }) => name === defaultIssuer)
      ? undefined
      : {
          message: 'the default issuer has no certificate yet',
          given: defaultIssuer,
          allowed: signed.map(({ name }) => name).join(', '),
          fix: 'change the default issuer when its certificate is signed',
        };
  },
  ({ maxLeafTtlSeconds, ttlSeconds }) =>
    maxLeafTtlSeconds < ttlSeconds
      ? undefined
      : {
          message: 'certificates would outlive the authority',
          given: `maxLeafTtlSeconds: ${maxLeafTtlSeconds}`,
          allowed: `less than its own lifetime, ${ttlSeconds} seconds`,
          fix: 'shorten maxLeafTtlSeconds or lengthen ttlSeconds',
        },
  ({ tuning, ttlSeconds }) =>
    tuning?.maxLeaseTtlSeconds === undefined || tuning.maxLeaseTtlSeconds >= ttlSeconds
      ? undefined
      : {
          message: 'the maximum TTL of the mount is shorter than the lifetime of the authority',
          given: `maxLeaseTtlSeconds: ${tuning.maxLeaseTtlSeconds}`,
          allowed: `${ttlSeconds} seconds or more`,
          fix: 'lengthen or remove maxLeaseTtlSeconds',
        },
  ({ signer, ttlSeconds }) =>
    typeof signer === 'string' || ttlSeconds <= signer.ttlSeconds
      ? undefined
      : {
          message: 'the authority would outlive its signer',
          given: `ttlSeconds: ${ttlSeconds}`,
          allowed: `up to the lifetime of ${signer.mountPath}, ${signer.ttlSeconds} seconds`,
          fix: 'shorten ttlSeconds',
        },
  ({ signer, construct }) =>
    typeof signer === 'string' || TerraformStack.of(signer) === TerraformStack.of(construct)
      ? undefined
      : {
          message: 'the signer is in another stack',
          given: signer.mountPath,
          allowed: 'an authority of the same stack',
          fix: 'create both in one stack, or use signer `offline`',
        },
);
