/** What identity templates of a policy are filled from. */
export interface Identity {
  readonly entity?: {
    readonly id: string;
    readonly name: string;
    readonly metadata: Readonly<Record<string, string>>;
    /** By mount accessor. */
    readonly aliases: Readonly<
      Record<
        string,
        {
          readonly id: string;
          readonly name: string;
          readonly metadata: Readonly<Record<string, string>>;
          readonly customMetadata: Readonly<Record<string, string>>;
        }
      >
    >;
  };
  readonly groups?: readonly {
    readonly id: string;
    readonly name: string;
    readonly metadata: Readonly<Record<string, string>>;
  }[];
}
