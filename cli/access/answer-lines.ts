import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/**
 * Answers each line of a stream with one line of another, in order. Reads on only after the answers are accepted, so that memory stays
 * bounded however long the input is.
 */
export async function answerLines(input: Readable, output: Writable, answer: (line: string) => string): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  const write = async (lines: readonly string[]): Promise<void> => {
    if (lines.length === 0) return;
    if (!output.write(`${lines.map(answer).join('\n')}\n`)) await once(output, 'drain');
  };
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    await write(lines);
  }
  rest += decoder.decode();
  if (rest !== '') await write([rest]);
}
