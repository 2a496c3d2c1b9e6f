import { Readable, Writable } from 'node:stream';

import { answerLines } from '../../../cli/access/answer-lines';

/** Answers chunks with a slow reader. */
const answers = async (chunks: readonly (Buffer | string)[]): Promise<string> => {
  let text = '';
  const output = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      setImmediate(done);
    },
  });
  await answerLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), output, (line) => `<${line}>`);
  return text;
};

describe('answerLines', () => {
  it('answers each line in order, whatever the chunks are', async () => {
    expect(await answers(['a\nb', 'c\n\nd'])).toBe('<a>\n<bc>\n<>\n<d>\n');
    expect(await answers(['a\n'])).toBe('<a>\n');
    expect(await answers([])).toBe('');
  });

  it('keeps a character that two chunks share', async () => {
    const bytes = Buffer.from('ü\n');
    expect(await answers([bytes.subarray(0, 1), bytes.subarray(1)])).toBe('<ü>\n');
  });

  it('drops a byte order mark', async () => {
    expect(await answers(['\uFEFFa\n'])).toBe('<a>\n');
  });

  it('fails with the output', async () => {
    const output = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => {
        done(new Error('closed'));
      },
    });
    await expect(answerLines(Readable.from([Buffer.from('a\n')]), output, (line) => line)).rejects.toThrow('closed');
  });
});
