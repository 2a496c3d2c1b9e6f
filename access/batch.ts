import { BatchLineError, parseBatchLine, type PolicyText } from './batch-line';
import { BoundedCache } from './bounded-cache';
import { Acl } from './decide/acl';
import { decodePolicyText } from './policy/decode-policy-text';
import { parsePolicy } from './policy/parse-policy';
import { PolicyError, type Policy } from './policy/policy';
import type { Server } from './servers';

export interface BatchOptions {
  /** Milliseconds since 1970, for expirations. */
  readonly now: number;
  /** Characters of policy texts whose compiled form is kept in memory. @default 8,000,000 */
  readonly cachedCharacters?: number;
}

/** Decides lines of JSON that are independent of each other. */
export class Batch {
  /** Lines that were answered. */
  public lines = 0;
  /** Of these, lines that could not be decided. */
  public errors = 0;

  private readonly now: number;
  private readonly acls: BoundedCache<Acl>;
  private readonly policies: BoundedCache<Policy>;

  constructor({ now, cachedCharacters = 8_000_000 }: BatchOptions) {
    this.now = now;
    this.acls = new BoundedCache(cachedCharacters);
    this.policies = new BoundedCache(cachedCharacters);
  }

  /**
   * Answers one line with one line, both without a line break: `{"allowed", "by", "reason"}`, or `{"error"}` with a sentence if the line
   * is not valid or the server refuses a policy.
   */
  public answer(line: string): string {
    this.lines += 1;
    try {
      const { server, policies, request } = parseBatchLine(line);
      const { allowed, by, reason } = this.acl(server, policies).decide(request);
      return JSON.stringify({
        allowed,
        by: by === undefined ? null : { policy: by.policy, path: by.path, line: by.position.line },
        reason,
      });
    } catch (error) {
      if (!(error instanceof BatchLineError)) throw error;
      this.errors += 1;
      return JSON.stringify({ error: error.message });
    }
  }

  private acl(server: Server, texts: readonly PolicyText[]): Acl {
    const keys = texts.map(({ name, text }) => `${server}\n${name}\n${text}`);
    const key = keys.join('\n\0');
    return this.acls.get(key, key.length, () =>
      Acl.compile(
        texts.map((text, index) => this.policy(server, text, keys[index] ?? '')),
        { server, now: this.now },
      ),
    );
  }

  private policy(server: Server, { name, text }: PolicyText, key: string): Policy {
    return this.policies.get(key, key.length, () => {
      try {
        return parsePolicy(name, decodePolicyText(text), server);
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        const { position, message } = error;
        const place = position === undefined ? '' : `, line ${position.line}, column ${position.column}`;
        throw new BatchLineError(`${server} refuses the policy ${name}${place}: ${message}`);
      }
    });
  }
}
