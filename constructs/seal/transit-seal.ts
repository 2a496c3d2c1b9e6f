import { dialects } from '../../model/dialect';
import type { IServerPart, ServerPart } from '../kubernetes/server-part';
import { sealEgress, type SealOf } from './seal-part';

const authorityFile = 'ca.crt';

/**
 * A key in the transit engine of another server. The token should be a periodic orphan with `update` on `encrypt/<key>` and `decrypt/<key>`;
 * the servers renew it. In a shell in a pod, `VAULT_TOKEN` or `BAO_TOKEN` contains it.
 * @see https://openbao.org/docs/configuration/seal/transit/
 */
export const transitSeal = (seal: SealOf<'transit'>): IServerPart => ({
  bind: (_, { cluster, name }): ServerPart => {
    const { address, mountPath, keyName, authority, token, egress } = seal;
    const folder = `/${name}/seal`;
    return {
      configuration: {
        seal: {
          transit: {
            address,
            mount_path: mountPath,
            key_name: keyName,
            ...(authority !== undefined && { tls_ca_cert: `${folder}/${authorityFile}` }),
          },
        },
      },
      environment: [{ name: `${dialects[cluster.dialect].envPrefix}_TOKEN`, from: token }],
      egress: sealEgress(egress, portOf(address)),
      ...(authority !== undefined && {
        volumes: [
          {
            name: 'seal',
            mountPath: folder,
            source: { secret: authority.secret, items: { [authority.key]: authorityFile } },
          },
        ],
      }),
    };
  },
});

function portOf(address: string): number {
  const { protocol, port } = new URL(address);
  if (port !== '') return Number(port);
  return protocol === 'http:' ? 80 : 443;
}
