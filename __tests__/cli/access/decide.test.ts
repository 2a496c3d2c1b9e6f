import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';

import { decideBatch, decideOne, type DecideOptions } from '../../../cli/access/decide';
import { PlatformError, type Problem } from '../../../model/errors';

describe('access decide', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-platform-test-'));
  const file = path.join(folder, 'team.hcl');
  const broken = path.join(folder, 'broken.hcl');
  beforeAll(() => {
    writeFileSync(file, 'path "kv/*" {\n  capabilities = ["read", "create"]\n  required_parameters = ["a"]\n}\n');
    writeFileSync(broken, 'path "kv/*" {\n  capabilities = ["fly"]\n}\n');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const options: DecideOptions = {
    server: 'openbao-2.7',
    policy: [file],
    operation: 'read',
    path: 'kv/x',
    parameters: '{"a": "1"}',
    json: false,
    batch: false,
  };

  const problemsOf = (wrong: DecideOptions): readonly Problem[] => {
    try {
      decideOne(wrong, 0);
    } catch (error) {
      if (error instanceof PlatformError) return error.problems;
      throw error;
    }
    return [];
  };

  it('names a policy by its file', () => {
    expect(decideOne(options, 0)).toMatchObject({ allowed: true, by: { policy: 'team', path: 'kv/*' } });
    expect(decideOne({ ...options, operation: 'update', exists: false }, 0).allowed).toBe(true);
    expect(decideOne({ ...options, operation: 'create', exists: true }, 0).allowed).toBe(false);
    expect(decideOne({ ...options, parameters: '{}' }, 0).allowed).toBe(false);
  });

  it('reports all problems of its options at once', () => {
    const { server, json, batch } = options;
    expect(problemsOf({ server, policy: [], parameters: '[]', json, batch }).map(({ message }) => message)).toEqual([
      'no policy is given',
      'no operation is given',
      'no path is given',
      '--parameters must be a JSON object',
    ]);
  });

  it('reports a policy that the server refuses, with its place', () => {
    expect(problemsOf({ ...options, policy: [broken, `${file}.gone`] })).toEqual([
      expect.objectContaining({
        file: broken,
        line: 2,
        message: expect.stringMatching(/^openbao-2.7 refuses/) as string,
      }),
      expect.objectContaining({ file: `${file}.gone`, message: 'the file cannot be read' }),
    ]);
  });

  it('answers a batch, and then fails with the number of lines that could not be decided', async () => {
    const line = JSON.stringify({ server: 'vault-2', policies: [], operation: 'read', path: 'x' });
    let text = '';
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        text += chunk.toString();
        done();
      },
    });
    await decideBatch(Readable.from([Buffer.from(`${line}\n`)]), output);
    expect(JSON.parse(text)).toMatchObject({ allowed: false, by: null });
    await expect(decideBatch(Readable.from([Buffer.from(`${line}\n{\n`)]), output)).rejects.toThrow(
      '1 of 2 lines could not be decided',
    );
    expect(text.trim().split('\n')).toHaveLength(3);
  });
});
