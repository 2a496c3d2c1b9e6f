import type { z } from 'zod';

import { filledList, itself, reference } from './parts';

/** The name of an environment; whether there is one is checked once everything is read. */
export const environmentName = reference('the name of a file in inventory/environments');

export const environmentList = (): z.ZodArray<z.ZodString> =>
  filledList(environmentName, 'a list of environments', itself).meta({ uniqueItems: true });

/** For what need not exist in all environments of a tenant. */
export const someEnvironments = (): z.ZodOptional<z.ZodArray<z.ZodString>> =>
  environmentList().optional().describe('Environments of the tenant that have it. Default: all of them.');
