import type { z } from 'zod';

import { optional } from '../../../language/values';
import { anywhere, somePeers } from '../parts';

/** Where the servers reach what keeps the key. */
export const sealEgress = (): z.ZodPrefault<ReturnType<typeof somePeers>> =>
  optional(somePeers(), anywhere).describe('Addresses of the key’s service, for the NetworkPolicy.');
