/** A resource in the JSON of a plan. */
export interface ResourceChange {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly importing?: unknown;
  };
}

/** Resources in the JSON of a plan, as `terraform show -json` prints it. @returns undefined if it is not the JSON of a plan */
export function resourceChanges(json: unknown): readonly ResourceChange[] | undefined {
  const { resource_changes: changes, format_version: version } = (json ?? {}) as {
    readonly resource_changes?: readonly ResourceChange[];
    readonly format_version?: unknown;
  };
  // A plan of a stack without resources has no list.
  return typeof version === 'string' ? (changes ?? []) : undefined;
}

/** The address of the server that a plan is for, if the provider of the stack has one. @param json as above */
export function providerAddress(json: unknown): string | undefined {
  const { configuration } = (json ?? {}) as {
    readonly configuration?: {
      readonly provider_config?: {
        readonly vault?: { readonly expressions?: { readonly address?: { readonly constant_value?: unknown } } };
      };
    };
  };
  const address = configuration?.provider_config?.vault?.expressions?.address?.constant_value;
  return typeof address === 'string' ? address : undefined;
}
