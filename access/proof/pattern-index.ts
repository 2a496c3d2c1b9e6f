import { overlaps, type Pattern } from './pattern';

interface Node<T> {
  /** By segment; undefined stands for any segment. */
  readonly children: Map<string | undefined, Node<T>>;
  readonly entries: { readonly pattern: Pattern; readonly value: T }[];
}

const emptyNode = <T>(): Node<T> => ({ children: new Map(), entries: [] });

/** Values by pattern, found by the patterns that overlap. A pattern without wildcards visits one node for each of its segments. */
export class PatternIndex<T> {
  private readonly root: Node<T> = emptyNode();

  public add(pattern: Pattern, value: T): void {
    let node = this.root;
    for (const segment of pattern.segments) {
      let child = node.children.get(segment);
      if (child === undefined) node.children.set(segment, (child = emptyNode()));
      node = child;
    }
    node.entries.push({ pattern, value });
  }

  /** Values of all patterns that have a path in common with this one. */
  public overlapping(pattern: Pattern): readonly T[] {
    const found: T[] = [];
    visit(this.root, pattern, 0, found);
    return found;
  }
}

function visit<T>(node: Node<T>, pattern: Pattern, depth: number, found: T[]): void {
  for (const { pattern: other, value } of node.entries) if (overlaps(pattern, other)) found.push(value);
  const { segments, rest } = pattern;
  if (depth >= segments.length && rest === undefined) return;
  const segment = segments[depth];
  if (segment === undefined) {
    for (const child of node.children.values()) visit(child, pattern, depth + 1, found);
    return;
  }
  const same = node.children.get(segment);
  if (same !== undefined) visit(same, pattern, depth + 1, found);
  const any = node.children.get(undefined);
  if (any !== undefined) visit(any, pattern, depth + 1, found);
}
