import type { Output } from '../../language/map';
import { oneOf } from '../../language/one-of';
import { awskms } from './seals/awskms';
import { azurekeyvault } from './seals/azurekeyvault';
import { gcpckms } from './seals/gcpckms';
import { transit } from './seals/transit';

/** What protects the root key: key shares of several people, or a key elsewhere. */
export const sealSchema = oneOf(['shamir'], { awskms, gcpckms, azurekeyvault, transit });

export type ServerSeal = Output<typeof sealSchema>;
