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
