import type { z } from 'zod';

import type { LinkedEnvironment } from '../../environment/environment';
import { filledList, word } from '../../language/schema';
import { shorten } from '../../language/show';
import type { Finding } from '../../source/problem-list';
import type { ValuePath } from '../../source/source-file';
import type { TenantEngines } from '../owned';
import type { TenantScope } from '../tenant-scope';

/** A list of what a grant allows. */
export const operationList = <const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodArray<z.ZodEnum<{ [Word in Words[number]]: Word }>> => filledList(word(words), `a list of ${words.join(', ')}`);

/** A policy of a tenant in one environment, while its grants are linked. */
export class GrantPlace {
  /** Rules that the policy can have once only, and the place of the grant that has it. */
  private readonly written = new Map<string, ValuePath>();

  constructor(
    public readonly home: LinkedEnvironment,
    public readonly scope: TenantScope,
    public readonly engines: TenantEngines,
  ) {}

  /** Reports the second grant that needs the same rule of the policy. */
  public once(rule: string, path: ValuePath, words: Pick<Finding, 'message' | 'fix'>): void {
    const first = this.written.get(rule);
    if (first === undefined) {
      this.written.set(rule, path);
      return;
    }
    const { line, column } = this.scope.entry.source.position(first);
    this.scope.report(path, {
      ...words,
      given: shorten(rule),
      allowed: `each once; the first is at line ${line}, column ${column}`,
    });
  }
}
