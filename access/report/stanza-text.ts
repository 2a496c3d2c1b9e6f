import type { StanzaReference } from '../decide/request';
import type { PlacedModel, PlacedStanza } from './entry';

/** The stanza that a reference names, with its text and place. The text is empty if the model has none. */
export function placeStanza(reference: StanzaReference, { model, places }: PlacedModel): PlacedStanza {
  const { policy, path, position } = reference;
  const placed = model.policies.get(policy);
  const source = placed && (places?.ofStanza(placed, path) ?? placed.source);
  return {
    policy,
    path,
    line: position.line,
    text: placed === undefined ? '' : blockAt(placed.text, position.line, position.column),
    // A file without a line is the text of the policy itself.
    ...(source && { source: source.file === undefined ? source : { line: position.line, ...source } }),
  };
}

/** The block of HCL or JSON that begins at a place: up to the brace that closes it, or the line if there is none. */
function blockAt(text: string, line: number, column: number): string {
  const lines = text.split('\n').slice(line - 1);
  const rest = [
    Array.from(lines[0] ?? '')
      .slice(column - 1)
      .join(''),
    ...lines.slice(1),
  ].join('\n');
  const [opening = ''] = rest.split('\n');
  let depth = 0;
  for (const { 0: token, index } of rest.matchAll(/"(?:\\.|[^"\\])*"|#.*|\/\/.*|[{}]/g)) {
    if (token === '{') depth += 1;
    if (token !== '}') continue;
    depth -= 1;
    if (depth <= 0) return dedent(rest.slice(0, index + 1));
  }
  return opening.trim();
}

/** Removes the indentation of the last line from all others; the first one begins in the middle of its line. */
function dedent(block: string): string {
  const indent = /\n([ \t]*)[^\n]*$/.exec(block)?.[1] ?? '';
  return block.replaceAll(`\n${indent}`, '\n');
}
