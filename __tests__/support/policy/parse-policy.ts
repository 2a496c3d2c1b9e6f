import type { Capability } from '../../../constructs/policy/capability';

/** What a policy says of one path. */
export interface Stanza {
  /** With `+` and `*`, without a leading slash. */
  readonly pattern: string;
  readonly capabilities: readonly Capability[];
  /** Parameters that are denied whatever their value. */
  readonly deniedParameters: readonly string[];
  /** The comment above it. */
  readonly reason?: string;
}

type Value = string | readonly Value[] | { readonly [key: string]: Value };

/** Reads the HCL of a policy. @throws Error for anything that the project does not write, such as allowed parameters */
export function parsePolicy(text: string): Stanza[] {
  const tokens = [...text.matchAll(/(#.*|"(?:[^"\\\n]|\\.)*"|\w+|[={}[\],])|\S/g)].map(([all, token]) => {
    if (token === undefined) throw new Error(`not understood: ${all}`);
    return token;
  });
  let at = 0;
  const next = (...wanted: string[]): string => {
    const token = tokens[at++] ?? 'the end';
    if (wanted.length > 0 && !wanted.includes(token)) throw new Error(`${wanted.join(' or ')} expected, not ${token}`);
    return token;
  };
  const word = (): string => {
    const token = next();
    return token.startsWith('"') ? (JSON.parse(token) as string) : token;
  };
  const value = (): Value => {
    if (tokens[at] === '[') return list();
    return tokens[at] === '{' ? block() : word();
  };
  const list = (): Value[] => {
    const items: Value[] = [];
    next('[');
    while (tokens[at] !== ']') {
      items.push(value());
      if (tokens[at] !== ']') next(',');
    }
    next(']');
    return items;
  };
  const block = (): Record<string, Value> => {
    const entries: [string, Value][] = [];
    next('{');
    while (tokens[at] !== '}') {
      const name = word();
      next('=');
      entries.push([name, value()]);
    }
    next('}');
    if (new Set(entries.map(([name]) => name)).size < entries.length) throw new Error('an attribute stands twice');
    return Object.fromEntries(entries);
  };

  const stanzas: Stanza[] = [];
  while (at < tokens.length) {
    let reason: string | undefined;
    while (tokens[at]?.startsWith('#')) reason = next().slice(1).trim();
    next('path');
    const pattern = word().replace(/^\//, '');
    const { capabilities = [], denied_parameters: denied = {}, ...others } = block();
    const isAnyValue = Object.values(denied).every((values) => Array.isArray(values) && values.length === 0);
    if (Object.keys(others).length > 0 || !isAnyValue) {
      throw new Error(`not understood: ${Object.keys(others).join() || 'values of denied parameters'}`);
    }
    if (pattern.includes('+*')) throw new Error('the server refuses +*');
    const all = capabilities as Capability[];
    stanzas.push({
      pattern,
      capabilities: all.includes('deny') ? ['deny'] : all,
      deniedParameters: Object.keys(denied),
      ...(reason !== undefined && { reason }),
    });
  }
  return stanzas;
}
