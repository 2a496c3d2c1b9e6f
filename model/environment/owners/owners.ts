import { map, optional, type Output } from '../../language/schema';
import type { ValuePath } from '../../source/source-file';
import { authMethods } from './auth-methods';
import { authorities } from './authorities';
import { aws } from './aws';
import { databases } from './databases';
import type { Asked, Identity, OwnerEntry } from './entry';
import { grants } from './grants';
import { ssh } from './ssh';

/** Sections of `owners`, by their key. */
const sections = { databases, authorities, ssh, aws, authMethods, grants };

type Sections = typeof sections;

/** Keys of `owners`. */
export type OwnerSectionKey = keyof Sections;

/** In the order of the documentation. */
export const sectionKeys = Object.keys(sections) as readonly OwnerSectionKey[];

/** `owners` of an environment: what of its back ends, which all teams share, each team may use. */
export const ownersSchema = optional(
  map({
    databases: databases.schema.describe('Roles and accounts of databases, by connection.'),
    authorities: authorities.schema.describe('Names in certificates, by certificate authority.'),
    ssh: ssh.schema.describe('Principals of SSH certificates.'),
    aws: aws.schema.describe('Roles and policies of AWS.'),
    authMethods: authMethods.schema.describe('Who logs in, by auth method of the cluster.'),
    grants: grants.schema.describe('Grants of policies in other environments.'),
  }),
);

type OwnersFile = NonNullable<Output<typeof ownersSchema>>;

/** The entry of a section, and what a tenant can ask for in it. */
type EntryOf<Key extends OwnerSectionKey> = Parameters<Sections[Key]['covers']>[0];
export type AskedOf<Key extends OwnerSectionKey> = Asked<EntryOf<Key>>;

/** Where an entry is, or is to be: `databases.orders`, `ssh`. */
export interface OwnerPlace {
  readonly section: OwnerSectionKey;
  /** Connection, authority or auth method. @default - the section is one list */
  readonly name?: string;
}

/** An entry, and its path in the environment's file. */
export interface PlacedEntry {
  readonly entry: OwnerEntry;
  readonly path: ValuePath;
}

/** Whether an entry of a section allows what is asked for. */
export const isCovered = (section: OwnerSectionKey, entry: OwnerEntry, asked: object): boolean =>
  sections[section].covers(entry as never, asked as never);

/** What is asked for and only one team may have. */
export const identitiesOf = (section: OwnerSectionKey, asked: object): readonly Identity[] =>
  sections[section].identities?.(asked as never) ?? [];

/** Whether the keys of an entry have nothing to do with each other. */
export const isIndependent = (section: OwnerSectionKey): boolean => sections[section].isIndependent ?? false;

/** The entries of an environment, by place and by who they are for. */
export class Owners {
  private readonly byWho = new Map<string, PlacedEntry[]>();

  constructor(file: OwnersFile) {
    for (const [section, lists] of Object.entries(file) as [OwnerSectionKey, OwnersFile[OwnerSectionKey]][]) {
      if (Array.isArray(lists)) this.add({ section }, lists as readonly OwnerEntry[]);
      else {
        for (const [name, list] of Object.entries(lists as Readonly<Record<string, readonly OwnerEntry[]>>)) {
          this.add({ section, name }, list);
        }
      }
    }
  }

  /** Every entry once for each of those that it is for. */
  public get all(): Iterable<readonly [string, PlacedEntry[]]> {
    return this.byWho;
  }

  /** Entries for a tenant and for its team. */
  public for(place: OwnerPlace, team: string, tenant: string): readonly PlacedEntry[] {
    return [team, `${team}/${tenant}`].flatMap((who) => this.byWho.get(keyOf(place, who)) ?? []);
  }

  private add(place: OwnerPlace, entries: readonly OwnerEntry[]): void {
    entries.forEach((entry, index) => {
      const placed = { entry, path: [...pathOf(place), index] };
      for (const who of entry.for) {
        const key = keyOf(place, who);
        const known = this.byWho.get(key);
        if (known === undefined) this.byWho.set(key, [placed]);
        else known.push(placed);
      }
    });
  }
}

/** Path of a list of entries in the environment's file. */
export const pathOf = ({ section, name }: OwnerPlace): readonly string[] => [
  'owners',
  section,
  ...(name === undefined ? [] : [name]),
];

const keyOf = ({ section, name = '' }: OwnerPlace, who: string): string => `${section} ${name} ${who}`;
