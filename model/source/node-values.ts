import { isAlias, isMap, isScalar, isSeq, type Alias } from 'yaml';

import { shorten } from '../language/show';
import type { YamlFault } from './parse-yaml';

/** More than any file needs; each program that reads the values goes through all of them. */
const maxAliasedValues = 10_000;

/** Values of a document, and the node that each of its aliases stands for; or what is wrong with an alias. */
export type NodeValues =
  { readonly value: unknown; readonly aliases: ReadonlyMap<Alias, unknown> } | { readonly fault: YamlFault };

/**
 * The values of a document without faults, in one pass: an alias and its anchor share a value, so that the time is linear in the number of
 * nodes. `Document.toJS` of yaml searches all anchors for each alias.
 */
export function nodeValues(root: unknown): NodeValues {
  const reader = new NodeReader();
  const { value } = reader.read(root);
  return reader.fault === undefined ? { value, aliases: reader.aliases } : { fault: reader.fault };
}

/** A value, and the number of values in it, with those of aliases. */
interface Counted {
  readonly value: unknown;
  readonly count: number;
}

class NodeReader {
  public readonly aliases = new Map<Alias, unknown>();
  public fault: YamlFault | undefined;
  /** The last node so far that has an anchor, by its name, and what it contains: nothing while it is read. */
  private readonly anchors = new Map<string, { readonly node: unknown; counted?: Counted }>();
  private aliased = 0;

  /** @param key of the map that the node is in */
  public read(node: unknown, key?: unknown): Counted {
    if (isAlias(node)) return this.follow(node, key);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return nothing;
    const anchor: { readonly node: unknown; counted?: Counted } = { node };
    if (node.anchor !== undefined) this.anchors.set(node.anchor, anchor);
    anchor.counted = isScalar(node)
      ? { value: node.value, count: 1 }
      : isSeq(node)
        ? this.list(node.items)
        : this.map(node.items);
    return anchor.counted;
  }

  private list(items: readonly unknown[]): Counted {
    const entries = items.map((item) => this.read(item));
    return { value: entries.map(({ value }) => value), count: sum(entries) };
  }

  private map(items: readonly { readonly key: unknown; readonly value: unknown }[]): Counted {
    const entries = items.map(({ key, value }) => {
      const name = String(this.read(key).value);
      return { name, ...this.read(value, name) };
    });
    return { value: Object.fromEntries(entries.map(({ name, value }) => [name, value])), count: sum(entries) };
  }

  private follow(alias: Alias, key: unknown): Counted {
    const anchor = this.anchors.get(alias.source);
    if (anchor === undefined) return this.refuse(alias, missing(alias.source, key === '<<'));
    const { node, counted } = anchor;
    if (counted === undefined) return this.refuse(alias, circular(alias.source));
    this.aliases.set(alias, node);
    this.aliased += counted.count;
    return this.aliased > maxAliasedValues ? this.refuse(alias, excessive) : counted;
  }

  /** The first fault counts: what follows is often its consequence. */
  private refuse(alias: Alias, fault: Omit<YamlFault, 'offset'>): Counted {
    this.fault ??= { offset: alias.range?.[0] ?? 0, ...fault };
    return nothing;
  }
}

const nothing: Counted = { value: null, count: 1 };

const sum = (entries: readonly Counted[]): number => entries.reduce((total, { count }) => total + count, 1);

function missing(source: string, isMerge: boolean): Omit<YamlFault, 'offset'> {
  const name = shorten(source);
  const quotes = `put the text in quotes: \`'*${name}'\``;
  const anchor = /^[\w-]+$/.test(source) ? `, or write \`&${name}\` before the value that is meant` : '';
  return {
    message: `the alias \`*${name}\` has no anchor before it`,
    fix: isMerge ? 'write the values out: merge keys are not a part of YAML 1.2' : quotes + anchor,
  };
}

const circular = (source: string): Omit<YamlFault, 'offset'> => ({
  message: `the alias \`*${shorten(source)}\` is in the value that it stands for`,
  fix: 'write the value out',
});

const excessive: Omit<YamlFault, 'offset'> = {
  message: `the aliases of the file (words that begin with \`*\`) stand for more than ${maxAliasedValues} values`,
  fix: 'write fewer aliases, or split the file',
};
