import { TerraformDataSource, type TerraformResource } from 'cdktf';

/**
 * A Terraform reference to an attribute that the server or the provider sets, for example `${vault_identity_entity.checkout.id}`.
 *
 * The resource's own property would be a cdktf token with the same meaning. Finding and resolving such tokens took a third of the
 * time of a synthesis; see docs/decisions/0003-fast-synthesis.md.
 *
 * @param attribute Terraform's name of the attribute, for example `role_id`
 */
export function referenceTo(element: TerraformResource | TerraformDataSource, attribute: string): string {
  const kind = TerraformDataSource.isTerraformDataSource(element) ? 'data.' : '';
  return `\${${kind}${element.terraformResourceType}.${element.friendlyUniqueId}.${attribute}}`;
}

/** Whether a value is a Terraform reference and therefore unknown before the apply. */
export const isReference = (value: string): boolean => value.startsWith('${');
