import { anySegment, pattern, type Pattern } from './pattern';

/** A segment of an intersection. Policies have no pattern for a segment that only begins with a text. */
export type Meeting = { readonly kind: 'any' } | { readonly kind: 'literal' | 'begins'; readonly text: string };

export interface Intersection {
  readonly segments: readonly Meeting[];
  /** As {@link Pattern.open}: the last segment is `begins`. */
  readonly open: boolean;
}

const meeting = ({ pieces, open }: Pattern, index: number): Meeting => {
  const piece = pieces[index];
  if (piece === undefined) return { kind: 'any' };
  if (open && index === pieces.length - 1) return { kind: 'begins', text: piece };
  return piece === anySegment ? { kind: 'any' } : { kind: 'literal', text: piece };
};

const meet = (a: Meeting, b: Meeting): Meeting | undefined => {
  if (a.kind === 'any') return b;
  if (b.kind === 'any') return a;
  if (a.kind === 'begins' && b.text.startsWith(a.text)) return b;
  if (b.kind === 'begins' && a.text.startsWith(b.text)) return a;
  return a.kind === b.kind && a.text === b.text ? a : undefined;
};

/** The paths that both patterns match. @returns undefined if there are none, disregarding that no path begins with `/` */
export const intersect = (a: Pattern, b: Pattern): Intersection | undefined => {
  const length = Math.max(a.pieces.length, b.pieces.length);
  if ((!a.open && a.pieces.length < length) || (!b.open && b.pieces.length < length)) return undefined;
  const segments: Meeting[] = [];
  for (let index = 0; index < length; index += 1) {
    const met = meet(meeting(a, index), meeting(b, index));
    if (met === undefined) return undefined;
    segments.push(met);
  }
  return { segments, open: a.open && b.open };
};

/** Whether {@link intersect} finds something, faster. */
export const meets = (a: Pattern, b: Pattern): boolean => {
  const length = Math.max(a.pieces.length, b.pieces.length);
  if ((!a.open && a.pieces.length < length) || (!b.open && b.pieces.length < length)) return false;
  for (let index = 0; index < length; index += 1) {
    const [one, other] = [a.pieces[index], b.pieces[index]];
    if (one === undefined || other === undefined) return true;
    if (one === other || one === anySegment || other === anySegment) continue;
    const beginsOne = a.open && index === a.pieces.length - 1;
    const beginsOther = b.open && index === b.pieces.length - 1;
    if (!(beginsOne && other.startsWith(one)) && !(beginsOther && one.startsWith(other))) return false;
  }
  return true;
};

/** An intersection as one pattern. @returns undefined if the syntax of policies has none */
export const asPattern = ({ segments, open }: Intersection): Pattern | undefined => {
  const pieces: string[] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === 'any') pieces.push(anySegment);
    else if (segment.kind === 'literal' || (open && index === segments.length - 1)) pieces.push(segment.text);
    else if (segment.text === '') pieces.push(anySegment);
    else return undefined;
  }
  // `+*` is no pattern.
  return open && pieces.at(-1) === anySegment ? undefined : pattern(pieces, open);
};
