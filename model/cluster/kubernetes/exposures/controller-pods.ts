import type { z } from 'zod';

import { optional } from '../../../language/values';
import { inNamespace, somePeers } from '../parts';

/** The pods of a controller that passes connections on to the servers. */
export const controllerPods = (namespace: string): z.ZodPrefault<ReturnType<typeof somePeers>> =>
  optional(somePeers(), inNamespace(namespace)).describe('Pods of the controller, for the NetworkPolicy.');
