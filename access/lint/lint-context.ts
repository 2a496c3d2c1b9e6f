import { Acl } from '../decide/acl';
import type { Policy, Stanza } from '../policy/policy';
import type { AccessModel } from '../principals/access-model';
import type { Server } from '../servers';

const asLiteral = (path: string): string => path.replaceAll('{{', '«').replaceAll('}}', '»');

/** A pattern or path of {@link LintContext.acl} as it is written, with templates in braces. */
export const withTemplates = (path: string): string => path.replaceAll('«', '{{').replaceAll('»', '}}');

/** A stanza of a named policy. */
export interface PlacedStanza {
  readonly policy: string;
  readonly stanza: Stanza;
}

/** What rules read: the model, and its policies compiled. */
export class LintContext {
  private readonly compiled = new Map<string, Acl>();

  public constructor(
    public readonly model: AccessModel,
    /** Milliseconds since 1970, for stanzas that expire. */
    private readonly now: number,
  ) {}

  /** All policies but `root`, and but the `default` that a server is created with. */
  public get policies(): readonly Policy[] {
    return [...this.model.policies.values()]
      .filter(({ policy, source }) => !policy.isRoot && !(policy.name === 'default' && source === undefined))
      .map(({ policy }) => policy);
  }

  public get stanzas(): readonly PlacedStanza[] {
    return this.policies.flatMap(({ name, stanzas }) => stanzas.map((stanza) => ({ policy: name, stanza })));
  }

  /** Each list of policies that a principal has, once, without names that do not exist. */
  public get lists(): readonly (readonly string[])[] {
    const lists = new Map<string, readonly string[]>();
    for (const { policies } of this.model.principals) {
      const existing = policies.filter((name) => this.model.policies.has(name));
      lists.set(existing.join('\n'), existing);
    }
    return [...lists.values()];
  }

  /** Rules of some policies together. A template counts as a segment that no other pattern has. */
  public acl(names: readonly string[], server: Server = this.model.server): Acl {
    const key = [server, ...names].join('\n');
    const known = this.compiled.get(key);
    // Stryker disable next-line all: what is known is compiled once, and is the same if it is compiled again.
    if (known !== undefined) return known;
    const policies = names.flatMap((name) => this.withLiteralTemplates(name) ?? []);
    const acl = Acl.compile(policies, { server, now: this.now });
    this.compiled.set(key, acl);
    return acl;
  }

  private withLiteralTemplates(name: string): Policy | undefined {
    const policy = this.model.policies.get(name)?.policy;
    return policy && { ...policy, stanzas: policy.stanzas.map((one) => ({ ...one, path: asLiteral(one.path) })) };
  }
}
