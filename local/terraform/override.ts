/** The parts of a stack's Terraform JSON that a run on this machine depends on. */
export interface StackJson {
  readonly terraform: { readonly required_providers: unknown };
  readonly provider?: { readonly vault?: unknown };
}

/** Name of the file in the working folder of a stack. */
export const overrideFile = 'local_override.tf.json';

/**
 * What is different when a stack is applied from this machine: its state is beside it, and the server is a replica.
 *
 * @param address of the server. @default - that of the stack
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function overrideOf(json: Pick<StackJson, 'provider'>, address?: string): string {
  const override = {
    terraform: { backend: { local: { path: 'terraform.tfstate' } } },
    // An override of a provider that the stack does not configure is an error.
    ...(address !== undefined && json.provider?.vault !== undefined && { provider: { vault: { address } } }),
  };
  return `${JSON.stringify(override, null, 2)}\n`;
}
