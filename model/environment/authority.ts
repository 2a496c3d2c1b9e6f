import { z } from 'zod';

import { reportUnknown, type Known } from '../checks/references';
import { tuning } from '../cluster/tuning';
import { duration, showDuration } from '../language/duration';
import { listNames } from '../language/nearest';
import { nameOnServer } from '../language/rules/name-on-server';
import { certificateRule } from '../language/rules/pem';
import { textRule } from '../language/rules/text';
import { issuerNameRule } from '../language/rules/words';
import { choice, filledList, flag, map, mapOrNone, optional, reference, refuse, text, word } from '../language/schema';
import type { CheckContext, Output } from '../language/schema';
import { shorten } from '../language/show';
import { authorityMount } from '../names';
import type { Finding, ProblemList } from '../source/problem-list';
import type { SourceFile } from '../source/source-file';

/** An authority may be valid for decades, what it issues for a few years. */
const maxAuthorityDays = 10_950;
const maxLeafDays = 3650;

export const defaultCrlTtlSeconds = 259_200;

const bits = { ec: [256, 384, 521], rsa: [2048, 3072, 4096, 8192] } as const;
export const defaultKeyType = 'ec';
const defaultKeyBits = { ec: 256, rsa: 3072 } as const;

export type KeyType = keyof typeof bits;

interface Key {
  readonly keyType: KeyType;
  readonly keyBits?: number | undefined;
}

/** Key type and size, of an authority or of what it issues. */
export const keyKeys = {
  keyType: optional(word(['ec', 'rsa']), defaultKeyType).describe('Type of the key.'),
  keyBits: optional(z.int({ error: 'a number of bits' })).describe(
    'Size of the key: 256, 384 or 521 for ec; 2048, 3072, 4096 or 8192 for rsa. Default: 256, or 3072 for rsa.',
  ),
};

/** Whether a size fits its type of key. */
export function checkKey({ keyType, keyBits }: Key, context: CheckContext): void {
  const allowed: readonly number[] = bits[keyType];
  if (keyBits === undefined || allowed.includes(keyBits)) return;
  refuse(context, ['keyBits'], allowed.join(', '), {
    message: `an ${keyType} key cannot have ${keyBits} bits`,
    fix: `write one of ${allowed.join(', ')}`,
  });
}

/** The size of a key, given or by default. */
export const keyBitsOf = ({ keyType, keyBits }: Key): number => keyBits ?? defaultKeyBits[keyType];

const issuerMap = map({
  name: text(issuerNameRule).describe('Name of the generation.'),
  signedCertificate: optional(text(certificateRule)).describe(
    'With `signedBy: offline`: certificate in PEM that the root signed, followed by its chain. Default: not signed yet.',
  ),
});

const issuerName = text(issuerNameRule).transform((name): Output<typeof issuerMap> => ({ name }));

const issuer = choice([issuerName, issuerMap], (value, report) => {
  if (typeof value === 'string') return issuerName;
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? issuerMap : report("a name such as '2026' in quotes, or a map with name and signedCertificate");
});

/** One generation of an authority: its key and certificate. */
export type AuthorityIssuer = Output<typeof issuerMap>;

const authority = map(
  {
    nameOnServer: nameOnServer('authority', 'the engine'),
    description: text(textRule).describe('What it issues certificates for, in one sentence.'),
    commonName: text(textRule).describe('Common name of its certificate; the name of the issuer is appended.'),
    organization: optional(text(textRule)).describe('Organization in its certificate. Default: none.'),
    signedBy: optional(reference('self, offline, or the name of another authority here'), 'self').describe(
      'self: a root of its own. offline: a root outside any server, which signs its request by hand. Otherwise the name of another authority of this environment.',
    ),
    ...keyKeys,
    ttl: duration(maxAuthorityDays, '1h').describe('Lifetime (TTL) of its own certificate.'),
    maxLeafTtl: duration(maxLeafDays).describe('Maximum lifetime (TTL) of a certificate that it issues.'),
    issuers: optional(
      filledList(issuer, 'a list of issuers', ({ name }) => name),
      ['first'],
    ).describe('Generations, oldest first. While there are two, certificates of both verify.'),
    defaultIssuer: optional(text(issuerNameRule)).describe(
      'Generation that signs. Default: the last one that has a certificate.',
    ),
    crlTtl: optional(duration(90), `${defaultCrlTtlSeconds / 3600}h`).describe(
      'Lifetime (TTL) of a certificate revocation list; it is rebuilt before that.',
    ),
    acme: optional(flag, false).describe('Whether certificates can be requested by ACME.'),
    tuning,
  },
  checkKey,
);

/** Certificate authorities of an environment, by name. */
export const authoritiesSchema = mapOrNone('authority', authority, 'a map from names to certificate authorities');

type AuthorityFile = Output<typeof authority>;

/** Who signs an authority: itself, a root kept outside any server, or another authority of the same environment. */
export type Signer =
  | { readonly kind: 'self' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'authority'; readonly authority: Authority };

/**
 * A certificate authority of an environment, an engine of its own at `v1/<environment>/pki/<name>`. Private keys are created
 * in the server and never leave it. @see https://openbao.org/docs/secrets/pki/
 */
export type Authority = Omit<
  AuthorityFile,
  'signedBy' | 'organization' | 'keyBits' | 'defaultIssuer' | 'nameOnServer'
> & {
  /** Name on the server. */
  readonly name: string;
  /** Name in the environment's file, which tenants refer to. */
  readonly inventoryName: string;
  readonly mountPath: string;
  readonly organization: string;
  readonly signedBy: Signer;
  readonly keyBits: number;
  readonly defaultIssuer: string;
};

/** The authorities of an environment by name, those that sign others before those that are signed. */
export function linkAuthorities(
  files: Readonly<Record<string, AuthorityFile>>,
  place: { readonly source: SourceFile; readonly environment: string },
  problems: ProblemList,
): Known<Authority> {
  const linker = new AuthorityLinker(new Map(Object.entries(files)), place.source, place.environment, problems);
  for (const name of Object.keys(files)) linker.link(name);
  return linker.known;
}

class AuthorityLinker {
  readonly known = new Map<string, Authority | undefined>();

  constructor(
    private readonly files: ReadonlyMap<string, AuthorityFile>,
    private readonly source: SourceFile,
    private readonly environment: string,
    private readonly problems: ProblemList,
  ) {}

  /** Links an authority after those that sign it, up to a root. */
  link(name: string): void {
    const chain: string[] = [];
    let current: string | undefined = name;
    while (current !== undefined && !this.known.has(current)) {
      if (chain.includes(current)) {
        this.reportCircle(chain.slice(chain.indexOf(current)));
        for (const member of chain) this.known.set(member, undefined);
        return;
      }
      chain.push(current);
      current = this.signerOf(current);
    }
    for (const member of chain.reverse()) this.known.set(member, this.authority(member));
  }

  /** Name of the authority that signs; undefined for a root, and where there is no such authority. */
  private signerOf(name: string): string | undefined {
    const signer = this.files.get(name)?.signedBy ?? 'self';
    if (this.files.has(signer)) return signer;
    if (signer === 'self' || signer === 'offline') return undefined;
    const names = ['self', 'offline', ...[...this.files.keys()].filter((other) => other !== name)];
    const reference = { name: signer, source: this.source, path: ['authorities', name, 'signedBy'] };
    const fix = 'add it to the authorities';
    reportUnknown(reference, { message: 'unknown authority', names, none: '', fix }, this.problems);
    return undefined;
  }

  private authority(inventoryName: string): Authority | undefined {
    const file = this.files.get(inventoryName);
    if (file === undefined) return undefined;
    const { nameOnServer: name = inventoryName, ...settings } = file;
    const { signedBy, organization = '' } = file;
    const signer = this.known.get(signedBy);
    const isRoot = signedBy === 'self' || signedBy === 'offline';
    if (!isRoot && signer === undefined) return undefined;
    this.checkTtls(inventoryName, file, signer);
    return {
      ...settings,
      name,
      inventoryName,
      mountPath: authorityMount({ name: this.environment }, name),
      organization,
      signedBy:
        signer === undefined ? { kind: signedBy as 'self' | 'offline' } : { kind: 'authority', authority: signer },
      keyBits: keyBitsOf(file),
      defaultIssuer: this.defaultIssuer(inventoryName, file),
    };
  }

  private checkTtls(
    name: string,
    { ttlSeconds, maxLeafTtlSeconds, tuning: { maxLeaseTtlSeconds } }: AuthorityFile,
    signer: Authority | undefined,
  ): void {
    if (maxLeafTtlSeconds >= ttlSeconds) {
      this.report(name, ['maxLeafTtl'], {
        message: 'a certificate cannot be valid for as long as the authority that issues it',
        given: `maxLeafTtl ${showDuration(maxLeafTtlSeconds)}, ttl ${showDuration(ttlSeconds)}`,
        allowed: 'maxLeafTtl below ttl',
        fix: 'shorten maxLeafTtl or lengthen ttl',
      });
    }
    if (maxLeaseTtlSeconds !== undefined && maxLeaseTtlSeconds < ttlSeconds) {
      this.report(name, ['tuning', 'maxLeaseTtl'], {
        message: 'the maximum TTL of the mount is shorter than the lifetime of the authority',
        given: showDuration(maxLeaseTtlSeconds),
        allowed: `${showDuration(ttlSeconds)} or more`,
        fix: 'lengthen or remove maxLeaseTtl',
      });
    }
    if (signer !== undefined && ttlSeconds > signer.ttlSeconds) {
      this.report(name, ['ttl'], {
        message: `the TTL exceeds that of \`${signer.inventoryName}\`, which signs it`,
        given: showDuration(ttlSeconds),
        allowed: `up to ${showDuration(signer.ttlSeconds)}`,
        fix: `shorten it, or lengthen the ttl of ${signer.inventoryName}`,
      });
    }
  }

  private defaultIssuer(name: string, { issuers, signedBy, ...file }: AuthorityFile): string {
    const signed = issuers.filter(({ signedCertificate }) => signedCertificate !== undefined);
    if (signedBy !== 'offline') {
      for (const one of signed) {
        this.report(name, ['issuers', issuers.indexOf(one), 'signedCertificate'], {
          message: 'this authority is not signed by an offline root',
          given: 'a certificate',
          allowed: 'signedCertificate with signedBy: offline',
          fix: 'remove it, or write `signedBy: offline`',
        });
      }
    }
    const ready = signedBy === 'offline' && signed.length > 0 ? signed : issuers;
    const newest = ready.at(-1)?.name ?? '';
    const { defaultIssuer = newest } = file;
    if (!ready.some((one) => one.name === defaultIssuer)) {
      const waits = issuers.some((one) => one.name === defaultIssuer);
      this.report(name, ['defaultIssuer'], {
        message: waits ? 'this issuer has no certificate yet' : 'unknown issuer',
        given: shorten(defaultIssuer),
        allowed: listNames(ready.map((one) => one.name)),
        fix: `write \`${newest}\`, or ${waits ? 'add its signedCertificate' : 'add it to the issuers'}`,
      });
    }
    return defaultIssuer;
  }

  private reportCircle(members: readonly string[]): void {
    const [first = '', ...others] = members;
    const last = members.at(-1) ?? first;
    this.report(last, ['signedBy'], {
      message: `\`${shorten(first)}\` would be signed by itself${others.length === 0 ? '' : `, by way of ${listNames(others)}`}`,
      given: shorten(first),
      allowed: 'self, offline, or an authority that is not signed by this one',
      fix: 'write `self` for the one that is the root',
    });
  }

  private report(name: string, path: readonly (string | number)[], finding: Finding): void {
    this.problems.addAt(this.source, ['authorities', name, ...path], finding);
  }
}
