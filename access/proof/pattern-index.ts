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
    this.some(pattern, (value) => {
      found.push(value);
      return false;
    });
    return found;
  }

  /** Calls a function with the values of {@link overlapping}, one by one, until it returns true. */
  public some(pattern: Pattern, isEnough: (value: T) => boolean): boolean {
    return visit(this.root, pattern, 0, isEnough);
  }
}

function visit<T>(node: Node<T>, pattern: Pattern, depth: number, isEnough: (value: T) => boolean): boolean {
  for (const { pattern: other, value } of node.entries) {
    if (overlaps(pattern, other) && isEnough(value)) return true;
  }
  const { segments, rest } = pattern;
  if (depth >= segments.length && rest === undefined) return false;
  const segment = segments[depth];
  if (segment === undefined) {
    const beginning = depth === segments.length ? (rest ?? '') : '';
    for (const [key, child] of node.children) {
      if (key === undefined || key.startsWith(beginning)) {
        if (visit(child, pattern, depth + 1, isEnough)) return true;
      }
    }
    return false;
  }
  const same = node.children.get(segment);
  if (same !== undefined && visit(same, pattern, depth + 1, isEnough)) return true;
  const any = node.children.get(undefined);
  return any !== undefined && visit(any, pattern, depth + 1, isEnough);
}
