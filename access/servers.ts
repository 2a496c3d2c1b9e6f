/** A server whose decisions are reproduced. Vault 2 pools both forms of a LIST; see {@link listing}. */
export type Server = 'vault-1.21' | 'vault-2' | 'openbao-2.7';

/** How a server decides a LIST of `p/`, for which rules for `p/` and for `p` can exist. Exact rules for `p/`, then `p`, win on all. */
export type Listing =
  /** The winner for `p`; only if there is none, the winner for `p/`. */
  | 'trimmed-first'
  /** The winner for `p/`; only if there is none, the winner for `p`. */
  | 'full-first'
  /** The best rule for either form that denies or grants `list`. */
  | 'pooled';

/** What a server program of this project decides like, in the version that it is tested with. */
export const serverOf: Readonly<Record<'openbao' | 'vault', Server>> = { openbao: 'openbao-2.7', vault: 'vault-1.21' };

interface ServerTraits {
  readonly listing: Listing;
  /** Whether an attribute that occurs twice in a stanza is refused; otherwise the values are merged. */
  readonly refusesRepeatedAttributes: boolean;
  /** Capabilities that only some servers have. */
  readonly capabilities: readonly ('subscribe' | 'recover' | 'scan')[];
  /** Attributes of a stanza that only some servers have. */
  readonly attributes: readonly string[];
}

const vault = {
  refusesRepeatedAttributes: true,
  capabilities: ['subscribe', 'recover'],
  attributes: ['subscribe_event_types'],
} as const;

/** All differences between the servers that concern policies. */
export const servers: Readonly<Record<Server, ServerTraits>> = {
  'vault-1.21': { ...vault, listing: 'trimmed-first' },
  'vault-2': { ...vault, listing: 'pooled' },
  'openbao-2.7': {
    listing: 'full-first',
    refusesRepeatedAttributes: false,
    capabilities: ['scan'],
    attributes: ['pagination_limit', 'expiration', 'list_scan_response_keys_filter_path'],
  },
};
