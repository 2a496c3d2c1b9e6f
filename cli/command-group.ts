/** A task and the commands for it. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly string[];
}
