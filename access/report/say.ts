import type { Source } from '../principals/access-model';
import type { Entry, Holder, PlacedStanza } from './entry';

/** Team, tenant and environment of a principal, or where it logs in if it belongs to no tenant. */
export const ownerOf = ({ owner, mount }: Holder): string =>
  owner === undefined ? mount : `${owner.team}/${owner.tenant} ${owner.environment}`;

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
