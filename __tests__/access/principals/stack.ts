import type { AccessModel, Principal } from '../../../access/principals/access-model';
import { accessModels, type StackOrigin, type TerraformOptions } from '../../../access/principals/from-terraform';

type Named = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Resources by type and name. */
export type ResourcesJson = Readonly<Record<string, Named>>;

export const origin: StackOrigin = { cluster: 'shop', server: 'openbao-2.7' };

/** The model of one stack. */
export function modelOf(
  resource: ResourcesJson,
  { data = {}, ...options }: Partial<TerraformOptions> & { readonly data?: ResourcesJson } = {},
): AccessModel {
  const [model] = accessModels([{ name: 'stack', json: { resource, data } }], { originOf: () => origin, ...options });
  if (model === undefined) throw new Error('there is no model');
  return model;
}

/** Policies by the ids of the principals. */
export const policiesById = ({ principals }: Pick<AccessModel, 'principals'>): Record<string, readonly string[]> =>
  Object.fromEntries(principals.map(({ id, policies }): [string, Principal['policies']] => [id, policies]));

export const messagesOf = ({ gaps = [] }: AccessModel): string[] => gaps.map(({ message }) => message);
