type Optional<T> = { [Key in keyof T]: undefined extends T[Key] ? Key : never }[keyof T];

/** The same without the keys that have no value: in the model, what is not there is absent. */
export type Defined<T> = Omit<T, Optional<T>> & { [Key in Optional<T>]?: Exclude<T[Key], undefined> };

export const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>;

/** A concept once what depends on other things was filled in: some of its optional keys are there for certain. */
export type Filled<T, Keys extends keyof T> = Omit<T, Keys> & { readonly [Key in Keys]-?: Exclude<T[Key], undefined> };

/** What a map holds under a key that a file gave, which may be one that every object has. */
export const entryOf = <T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;

/** A concept without some of its keys, each kind of it for itself. */
export type Without<T, Keys extends PropertyKey> = T extends unknown ? Omit<T, Keys> : never;
