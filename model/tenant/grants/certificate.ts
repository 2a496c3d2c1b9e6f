import { map, optional, reference, type Output } from '../../language/schema';
import type { ValuePath } from '../../source/source-file';
import type { CertificateRole } from '../certificate';
import { operationList, type GrantPlace } from './grant-place';

const schema = map({
  certificate: reference('a name in `certificates`').describe('A certificate of the tenant, by its name.'),
  operations: optional(operationList(['issue', 'sign', 'revoke']), ['issue']).describe(
    'issue: get a key and a certificate. sign: get a certificate for an own key. revoke: revoke a certificate, given its private key.',
  ),
});

type Entry = Output<typeof schema>;
export type CertificateOperation = Entry['operations'][number];
export type CertificateGrant = Pick<Entry, 'operations'> & {
  readonly type: 'certificate';
  readonly role: CertificateRole;
};

function link(
  { certificate: name, operations }: Entry,
  path: ValuePath,
  place: GrantPlace,
): CertificateGrant | undefined {
  const role = place.engines.certificates.lookUp(name, place.home, [...path, 'certificate']);
  if (role === undefined) return undefined;
  if (operations.includes('revoke')) {
    // The server has one path for revoking any certificate of an authority.
    place.once(`revoke ${role.authority.name}`, [...path, 'operations'], {
      message: `two grants allow to revoke certificates of \`${role.authority.inventoryName}\``,
      fix: 'remove `revoke` from one of the two: it holds for every certificate of the authority whose private key is given',
    });
  }
  return { type: 'certificate', role, operations };
}

export const certificate = { schema, link };
