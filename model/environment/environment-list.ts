import type { z } from 'zod';

import { filledList } from '../language/list';
import { optional, reference } from '../language/values';

/** The name of an environment; whether there is one is checked once everything is read. */
export const environmentName = reference('the name of a file in inventory/environments');

export const environmentList = (): z.ZodArray<z.ZodString> => filledList(environmentName, 'a list of environments');

/** For what need not exist in all environments of a tenant. */
export const someEnvironments = (): z.ZodExactOptional<z.ZodArray<z.ZodString>> =>
  optional(environmentList()).describe('Environments of the tenant that have it. Default: all of them.');
