import { duration, showDuration } from '../../language/duration';
import { objectNameRule } from '../../language/rules/kubernetes';
import { map, oneOf, optional, refuse, text, word, type Output } from '../../language/schema';

const thirtyDays = 30 * 86_400;

const certManager = map(
  {
    issuer: map({
      name: text(objectNameRule).describe('Name of the issuer.'),
      kind: optional(word(['Issuer', 'ClusterIssuer']), 'ClusterIssuer').describe('Kind of the issuer.'),
      group: optional(text(objectNameRule), 'cert-manager.io').describe('API group of the issuer.'),
    }).describe('Issuer that signs the certificate.'),
    duration: optional(duration(3650, '1h'), '90d').describe('Lifetime of a certificate.'),
    renewBefore: optional(duration(3650, '5m')).describe(
      'Time before expiry at which it is renewed. Default: 30d, or a third of a shorter lifetime.',
    ),
  },
  ({ duration: lifetime, renewBefore }, context) => {
    if (typeof lifetime !== 'number' || typeof renewBefore !== 'number' || renewBefore < lifetime) return;
    refuse(context, ['renewBefore'], `less than the duration, ${showDuration(lifetime)}`, {
      message: 'the certificate would be renewed before it is issued',
      fix: 'shorten renewBefore or lengthen duration',
    });
  },
).transform(({ renewBeforeSeconds, ...certificate }) => ({
  ...certificate,
  renewBeforeSeconds: renewBeforeSeconds ?? Math.min(thirtyDays, Math.floor(certificate.durationSeconds / 3 / 60) * 60),
}));

/** Where the servers’ own certificate comes from. */
export const certificateSchema = oneOf(['selfSigned'], {
  secret: text(objectNameRule).describe(
    'An existing Secret of the type kubernetes.io/tls, in the servers’ namespace, that another tool renews. With monitoring it must contain ca.crt, which Prometheus needs to verify the servers.',
  ),
  certManager: certManager.describe('A Certificate of cert-manager.'),
});

export type ServerCertificate = Output<typeof certificateSchema>;
