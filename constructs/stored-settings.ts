import type { GenericEndpointConfig } from '@cdktf/provider-vault/lib/generic-endpoint';

/**
 * Arguments of a `vault_generic_endpoint` that writes settings to one path of the API. Terraform compares only the fields that are
 * named here, keeps only these in the state, and never deletes the settings.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/generic_endpoint
 */
export const storedSettings = (
  path: string,
  settings: Readonly<Record<string, unknown>>,
): Pick<GenericEndpointConfig, 'path' | 'dataJson' | 'ignoreAbsentFields' | 'disableDelete'> => ({
  path,
  dataJson: JSON.stringify(settings),
  ignoreAbsentFields: true,
  disableDelete: true,
});
