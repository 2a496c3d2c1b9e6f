import type { Server } from '../servers';
import { capabilitiesFrom } from './parse-capabilities';
import { emptyStanza } from './parse-stanza';
import type { Capability, Position, Stanza } from './policy';

/** A block as {@link printPolicy} writes it, with nothing but capabilities, and with nothing in its path that is read in another way. */
const block = /path "([\w.+*@:=~-][\w.+*@:=~/-]*)" \{\n {2}capabilities = \["([a-z", ]*)"\]\n\}(\n+|$)/y;

const lists = new Map<string, readonly Capability[]>();
const positions: Position[] = [];

/**
 * The stanzas of a text that consists of plain blocks, as nearly all policies do, at a fraction of the time of a complete parser. Equal
 * lists of capabilities and equal positions are the same objects.
 *
 * @returns undefined for any other text, also one with an error
 */
export function plainStanzas(text: string, server: Server): Stanza[] | undefined {
  const stanzas: Stanza[] = [];
  let line = 1;
  for (block.lastIndex = 0; block.lastIndex < text.length;) {
    const [found, path = '', words = '', end = ''] = block.exec(text) ?? [];
    const capabilities = found === undefined || path.includes('+*') ? undefined : listOf(words, server);
    if (capabilities === undefined) return undefined;
    stanzas.push(emptyStanza(path, (positions[line] ??= { line, column: 1 }), capabilities));
    line += 2 + end.length;
  }
  return stanzas.length === 0 ? undefined : stanzas;
}

/** @param words separated by `", "` @returns undefined if one is unknown */
function listOf(words: string, server: Server): readonly Capability[] | undefined {
  const key = `${server} ${words}`;
  const known = lists.get(key);
  if (known !== undefined) return known;
  const found = capabilitiesFrom(words.split('", "'), server);
  if ('unknown' in found) return undefined;
  lists.set(key, found);
  return found;
}
