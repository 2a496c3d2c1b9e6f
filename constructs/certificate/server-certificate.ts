import { isIP } from 'node:net';

import type { Construct } from 'constructs';

import type { ServerCertificate } from '../../model/cluster/kubernetes/certificate';
import { certificateNames, certificateSecret } from '../../model/server-names';
import { CustomObject } from '../kubernetes/custom-object';
import { certificateFolder } from '../kubernetes/paths';
import type { IServerPart, ServerContext } from '../kubernetes/server-part';

/**
 * The servers' certificate as a volume. The whole Secret is mounted, because pods do not start if a named key is missing and not every
 * Secret has `ca.crt`. A renewed certificate appears in the pods within two minutes. Variables for the command line, such as
 * `VAULT_CACERT`, are not set: the server would use them too, for connections to the server of a transit seal.
 */
export function serverCertificate(certificate: ServerCertificate): IServerPart {
  return {
    bind(scope, context) {
      const volumes = [
        { name: 'tls', mountPath: certificateFolder(context), source: { secret: certificateSecret(context) } },
      ];
      if (certificate.kind !== 'certManager') return { volumes };
      return { volumes, dependsOn: [managedCertificate(scope, context, certificate).manifest] };
    },
  };
}

/** Certificate that cert-manager issues and renews. @see https://cert-manager.io/docs/usage/certificate/ */
function managedCertificate(
  scope: Construct,
  context: ServerContext,
  { issuer, durationSeconds, renewBeforeSeconds }: Extract<ServerCertificate, { kind: 'certManager' }>,
): CustomObject {
  const names = certificateNames(context);
  const addresses = names.filter((name) => isIP(name) !== 0);
  return new CustomObject(scope, 'certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    definition: 'certificates.cert-manager.io',
    name: context.name,
    namespace: context.server.namespace,
    labels: context.labels,
    needs: 'cert-manager',
    dependsOn: context.dependsOn,
    spec: {
      secretName: certificateSecret(context),
      secretTemplate: { labels: context.labels },
      issuerRef: { name: issuer.name, kind: issuer.kind, group: issuer.group },
      dnsNames: names.filter((name) => !addresses.includes(name)),
      ipAddresses: addresses,
      duration: goDuration(durationSeconds),
      renewBefore: goDuration(renewBeforeSeconds),
      // A leaked key is useless after the next renewal.
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      usages: ['digital signature', 'server auth'],
    },
  });
}

/** A duration in Go's format, whose longest unit is the hour. */
function goDuration(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
