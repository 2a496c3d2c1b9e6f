import { Acl } from '../../../access/decide/acl';
import type { Operation } from '../../../access/decide/request';
import { parsePolicy } from '../../../access/policy/parse-policy';
import type { Capability, Stanza } from '../../../access/policy/policy';
import { serverOf } from '../../../access/servers';

/** What a token with some policies may do on the servers of both dialects. */
export class PolicyAccess {
  private readonly acls: readonly Acl[];
  private readonly stanzas: readonly (Stanza & { readonly reason: string | undefined })[];

  /** @param texts of the policies, HCL */
  constructor(...texts: readonly string[]) {
    this.acls = Object.values(serverOf).map((server) =>
      Acl.compile(
        texts.map((text, index) => parsePolicy(`policy-${index}`, text, server)),
        { server },
      ),
    );
    this.stanzas = texts.flatMap((text) => {
      const lines = text.split('\n');
      return parsePolicy('policy', text, serverOf.openbao).stanzas.map((stanza) => ({
        ...stanza,
        reason: /^# (.*)/.exec(lines[stanza.position.line - 2] ?? '')?.[1],
      }));
    });
  }

  /** Capabilities by pattern: for tests that nothing else is granted. */
  public get rules(): Readonly<Record<string, readonly Capability[]>> {
    const rules: Record<string, readonly Capability[]> = {};
    for (const { path, capabilities } of this.stanzas) {
      rules[path] = [...new Set([...(rules[path] ?? []), ...capabilities])];
    }
    return rules;
  }

  /** The comment above the last stanza of a pattern. */
  public reason(pattern: string): string | undefined {
    return this.stanzas.findLast(({ path, reason }) => path === pattern && reason !== undefined)?.reason;
  }

  /** Whether both servers allow a request. @param parameters names */
  public allows(path: string, operation: Operation, ...parameters: readonly string[]): boolean {
    return this.decisions(path, operation, parameters).every((allowed) => allowed);
  }

  /** Whether both servers deny a request. @param parameters names */
  public denies(path: string, operation: Operation, ...parameters: readonly string[]): boolean {
    return !this.decisions(path, operation, parameters).includes(true);
  }

  private decisions(path: string, operation: Operation, names: readonly string[]): readonly boolean[] {
    const parameters = Object.fromEntries(names.map((name) => [name, 'x']));
    return this.acls.map((acl) => acl.allows({ path, operation, parameters }));
  }
}
