import type { z } from 'zod';

import { inNamespace, somePeers } from '../parts';

/** The pods of a controller that passes connections on to the servers. */
export const controllerPods = (namespace: string): z.ZodPrefault<ReturnType<typeof somePeers>> =>
  somePeers().prefault(inNamespace(namespace)).describe('Pods of the controller, for the NetworkPolicy.');
