import type { Source } from '../principals/access-model';
import type { Entry, Holder, PlacedStanza } from './entry';

/** Team, tenant, environment and role of a principal; the cluster in place of what belongs to no tenant. */
export function holderInWords({ owner, cluster, kind, name }: Holder): {
  readonly owner: string;
  readonly role: string;
} {
  return {
    owner: owner === undefined ? (cluster ?? '') : `${owner.team}/${owner.tenant} ${owner.environment}`,
    role: `${kind} ${name}`,
  };
}

/** For example `ledger/* in v1/devel/kv`. */
export const thingOf = ({ what, where }: Pick<Entry, 'what' | 'where'>): string =>
  where === undefined ? what : `${what} in ${where}`;

/** `file:line`, or the address in a stack. Undefined if neither is known. */
export const placeOf = (source: Source | undefined): string | undefined =>
  source?.file === undefined
    ? source?.address
    : [source.file, source.line].filter((part) => part !== undefined).join(':');

/** Where a stanza is: its policy and line. */
export const stanzaPlace = ({ policy, line }: PlacedStanza): string => `${policy}:${line}`;
