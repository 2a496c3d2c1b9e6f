import type { z } from 'zod';

import { textRule } from '../../language/rules/text';
import {
  filledList,
  list,
  optional,
  orNone,
  patternRule,
  refuse,
  text,
  type CheckContext,
} from '../../language/schema';

/** Parts that entries of all sections of `owners` have. */

const whoRule = patternRule(
  /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/,
  'a team such as payments, or a tenant such as payments/ledger',
  {
    message: 'this names neither a team nor a tenant',
    fix: 'write the team, or the team, a slash and the tenant',
  },
);

/** Keys of every entry. */
export const whoKeys = {
  for: filledList(text(whoRule), 'a list of teams and tenants').describe(
    'Teams, with all of their tenants, and single tenants, as team/tenant.',
  ),
};

/** The key of entries for names that nobody else may have. */
export const sharedKey = {
  shared: optional(text(textRule)).describe(
    'Reason why several teams have the same, in one sentence. Default: one team only.',
  ),
};

/** What every entry has. */
export interface OwnerEntry {
  /** Teams, and tenants as team/tenant. */
  readonly for: readonly string[];
  /** Why several teams have the same. @default - one team only */
  readonly shared?: string;
}

/** What an entry allows, or what a tenant asks for: an entry without who it is for. */
export type Asked<Entry> = Entry extends unknown ? Omit<Entry, 'for' | 'shared'> : never;

/** Conditions that hold together, sorted: a single name, or the claims of a login. */
export type Identity = readonly string[];

/** One section of `owners`, such as `databases`. */
export interface OwnerSection<Schema extends z.ZodType, Entry extends OwnerEntry> {
  readonly schema: Schema;
  /** Whether an entry allows what is asked for. */
  readonly covers: (entry: Entry, asked: Asked<Entry>) => boolean;
  /**
   * What only one team may have. Each is a list of conditions that hold together, in which `*` stands for any characters.
   *
   * @default - what is asked for are permissions, which several may have
   */
  readonly identities?: (asked: Asked<Entry>) => readonly Identity[];
  /** Whether the keys of an entry have nothing to do with each other. @default - what one of them allows, it allows with the others alone */
  readonly isIndependent?: boolean;
}

/** Patterns of one kind, none by default. */
export const patterns = (what: string): ReturnType<typeof orNone<z.ZodString>> =>
  orNone(filledList(text(textRule), `a list of ${what}`));

/** A list of entries. */
export const entries = <Entry extends z.ZodType>(entry: Entry): z.ZodArray<Entry> =>
  list(entry, 'a list of entries, each with `for` and what it allows', (each) => JSON.stringify(each));

/** Reports an entry that allows nothing. */
export const requireOne =
  (...keys: readonly string[]) =>
  (entry: object, context: CheckContext): void => {
    const values = keys.map((key) => (entry as Readonly<Record<string, unknown>>)[key]);
    if (values.some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined))) return;
    const allowed = keys.join(', ');
    refuse(context, [], allowed, { message: 'this entry allows nothing', fix: `add one of ${allowed}` });
  };
