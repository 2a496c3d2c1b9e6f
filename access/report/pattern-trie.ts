interface Node<T> {
  readonly children: Map<string, Node<T>>;
  /** Values of patterns that end here. */
  readonly ends: T[];
  /** Values of patterns whose last piece is `<stem>*`. */
  readonly stems: { readonly stem: string; readonly value: T }[];
}

const node = <T>(): Node<T> => ({ children: new Map(), ends: [], stems: [] });

/** Values by pattern, found by the patterns that have a path in common with theirs. */
export class PatternTrie<T> {
  private readonly root: Node<T> = node();

  /** @param pattern in the syntax of policies: `+` is one segment, a final `*` any rest */
  public add(pattern: string, value: T): void {
    const { segments, stem } = split(pattern);
    let at = this.root;
    for (const segment of segments) {
      let next = at.children.get(segment);
      if (next === undefined) at.children.set(segment, (next = node()));
      at = next;
    }
    if (stem === undefined) at.ends.push(value);
    else at.stems.push({ stem, value });
  }

  /** Values of all patterns that match a path that this pattern matches too, one by one. */
  public *overlapping(pattern: string): Generator<T> {
    const { segments, stem } = split(pattern);
    yield* overlapping(this.root, segments, stem, 0);
  }
}

function* overlapping<T>(
  at: Node<T>,
  segments: readonly string[],
  stem: string | undefined,
  index: number,
): Generator<T> {
  const segment = segments[index];
  const [piece, isStem] = segment === undefined ? [stem, true] : [segment, false];
  if (piece === undefined) {
    yield* at.ends;
    return;
  }
  for (const other of at.stems) {
    if (piece === '+' || piece.startsWith(other.stem) || (isStem && other.stem.startsWith(piece))) yield other.value;
  }
  if (isStem) {
    for (const [key, child] of at.children) if (key === '+' || key.startsWith(piece)) yield* everything(child);
    return;
  }
  const next = piece === '+' ? at.children.values() : [at.children.get(piece), at.children.get('+')];
  for (const child of next) if (child !== undefined) yield* overlapping(child, segments, stem, index + 1);
}

function* everything<T>(at: Node<T>): Generator<T> {
  yield* at.ends;
  for (const { value } of at.stems) yield value;
  for (const child of at.children.values()) yield* everything(child);
}

/** Segments, and the text before a final `*`, which may go on over several segments. */
function split(pattern: string): { readonly segments: readonly string[]; readonly stem?: string } {
  const segments = pattern.split('/');
  const last = segments.at(-1) ?? '';
  return last.endsWith('*') ? { segments: segments.slice(0, -1), stem: last.slice(0, -1) } : { segments };
}
