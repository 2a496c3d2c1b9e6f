import type { Authority, AuthorityIssuer } from '../inventory';
import { authorityMount } from '../names';
import { showDuration } from '../rules/duration';
import { listNames } from '../rules/nearest';
import { shorten } from '../rules/show';
import type { AuthorityFile } from '../schema/authority';
import type { Finding, ProblemList } from '../source/problem-list';
import type { SourceFile } from '../source/source-file';
import { defined, entryOf } from './defined';
import { reportUnknown } from './references';
import type { Known } from './references';
import { hour, optionalSeconds, seconds } from './seconds';
import { resolveTuning } from './tuning';

type Files = Readonly<Record<string, AuthorityFile>>;

/** Bits of a key where nobody says how many. */
export const defaultKeyBits = { ec: 256, rsa: 3072 } as const;

/** The authorities of an environment by name, those that sign others before those that are signed. */
export function resolveAuthorities(
  files: Files = {},
  place: { readonly source: SourceFile; readonly environment: string },
  problems: ProblemList,
): Known<Authority> {
  return new AuthorityResolver(files, place.source, place.environment, problems).all();
}

class AuthorityResolver {
  private readonly known = new Map<string, Authority | undefined>();

  constructor(
    private readonly files: Files,
    private readonly source: SourceFile,
    private readonly environment: string,
    private readonly problems: ProblemList,
  ) {}

  all(): Known<Authority> {
    for (const name of Object.keys(this.files)) this.withSigners(name);
    return this.known;
  }

  /** Resolves an authority after those that sign it, up to a root. */
  private withSigners(name: string): void {
    const chain = new Set<string>();
    let current: string | undefined = name;
    while (current !== undefined && !this.known.has(current) && !chain.has(current)) {
      chain.add(current);
      current = this.signerOf(current);
    }
    if (current !== undefined && chain.has(current)) {
      this.reportCircle([...chain].slice([...chain].indexOf(current)));
      for (const member of chain) this.known.set(member, undefined);
      return;
    }
    for (const member of [...chain].reverse()) this.known.set(member, this.authority(member));
  }

  /** Name of the authority that signs; undefined for a root, and for one that is signed by nobody there is. */
  private signerOf(name: string): string | undefined {
    const signer = entryOf(this.files, name)?.signedBy ?? 'self';
    if (signer === 'self' || signer === 'offline' || Object.hasOwn(this.files, signer)) {
      return Object.hasOwn(this.files, signer) ? signer : undefined;
    }
    const others = Object.keys(this.files).filter((other) => other !== name);
    reportUnknown(
      { name: signer, source: this.source, path: ['authorities', name, 'signedBy'] },
      {
        message: 'unknown authority',
        names: ['self', 'offline', ...others],
        none: '',
        fix: 'add it to the authorities',
      },
      this.problems,
    );
    return undefined;
  }

  private authority(name: string): Authority | undefined {
    const file = entryOf(this.files, name);
    if (file === undefined) return undefined;
    const { description, commonName, organization = '', signedBy = 'self', keyType = 'ec', acme = false } = file;
    const signer = this.known.get(signedBy);
    const isRoot = signedBy === 'self' || signedBy === 'offline';
    if (!isRoot && signer === undefined) return undefined;
    const ttlSeconds = seconds(file.ttl);
    const maxLeafTtlSeconds = seconds(file.maxLeafTtl);
    this.checkLives(name, { ttlSeconds, maxLeafTtlSeconds }, signer);
    return {
      name,
      mountPath: authorityMount({ name: this.environment }, name),
      description,
      commonName,
      organization,
      signedBy:
        signer === undefined ? { kind: signedBy as 'self' | 'offline' } : { kind: 'authority', authority: signer },
      keyType,
      keyBits: file.keyBits ?? defaultKeyBits[keyType],
      ttlSeconds,
      maxLeafTtlSeconds,
      ...this.issuers(name, file),
      crlTtlSeconds: optionalSeconds(file.crlTtl) ?? 72 * hour,
      acme,
      tuning: resolveTuning(file.tuning),
    };
  }

  private checkLives(
    name: string,
    { ttlSeconds, maxLeafTtlSeconds }: Pick<Authority, 'ttlSeconds' | 'maxLeafTtlSeconds'>,
    signer: Authority | undefined,
  ): void {
    if (maxLeafTtlSeconds >= ttlSeconds) {
      this.report(name, ['maxLeafTtl'], {
        message: 'what an authority issues cannot be good for as long as the authority itself',
        given: `maxLeafTtl ${showDuration(maxLeafTtlSeconds)}, ttl ${showDuration(ttlSeconds)}`,
        allowed: 'maxLeafTtl below ttl',
        fix: 'shorten maxLeafTtl or lengthen ttl',
      });
    }
    if (signer !== undefined && ttlSeconds > signer.ttlSeconds) {
      this.report(name, ['ttl'], {
        message: `\`${signer.name}\`, which signs it, is not good for so long`,
        given: showDuration(ttlSeconds),
        allowed: `up to ${showDuration(signer.ttlSeconds)}`,
        fix: `shorten it, or lengthen the ttl of ${signer.name}`,
      });
    }
  }

  private issuers(name: string, file: AuthorityFile): Pick<Authority, 'issuers' | 'defaultIssuer'> {
    const issuers = (file.issuers ?? ['first']).map((entry): AuthorityIssuer =>
      typeof entry === 'string' ? { name: entry } : defined(entry),
    );
    const signed = issuers.filter(({ signedCertificate }) => signedCertificate !== undefined);
    if (file.signedBy !== 'offline') {
      for (const issuer of signed) {
        this.report(name, ['issuers', issuers.indexOf(issuer), 'signedCertificate'], {
          message: 'nobody outside signs this authority',
          given: 'a certificate',
          allowed: 'signedCertificate with signedBy: offline',
          fix: 'remove it, or write `signedBy: offline`',
        });
      }
    }
    const ready = file.signedBy === 'offline' && signed.length > 0 ? signed : issuers;
    const newest = ready.at(-1)?.name ?? '';
    const { defaultIssuer = newest } = file;
    if (!ready.some((issuer) => issuer.name === defaultIssuer)) {
      const waits = issuers.some((issuer) => issuer.name === defaultIssuer);
      this.report(name, ['defaultIssuer'], {
        message: waits ? 'this issuer has no certificate yet' : 'unknown issuer',
        given: shorten(defaultIssuer),
        allowed: listNames(ready.map((issuer) => issuer.name)),
        fix: `write \`${newest}\`, or ${waits ? 'add its signedCertificate' : 'add it to the issuers'}`,
      });
    }
    return { issuers, defaultIssuer };
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
