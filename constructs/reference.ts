import { TerraformDataSource, type TerraformResource } from 'cdktf';

/**
 * A reference to what the server or the provider chooses, as Terraform reads it: `${vault_identity_entity.checkout.id}`.
 *
 * A resource's own property would give the same as a token, which a synthesis has to find and to resolve: that took a third of
 * its time. See docs/decisions/0003-fast-synthesis.md.
 *
 * @param attribute in Terraform's words, for example `role_id`
 */
export function referenceTo(element: TerraformResource | TerraformDataSource, attribute: string): string {
  const kind = TerraformDataSource.isTerraformDataSource(element) ? 'data.' : '';
  return `\${${kind}${element.terraformResourceType}.${element.friendlyUniqueId}.${attribute}}`;
}

/** Whether a value is only known to the server. */
export const isReference = (value: string): boolean => value.startsWith('${');
