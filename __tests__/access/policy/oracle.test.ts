import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { decodePolicyText } from '../../../access/policy/decode-policy-text';
import { parsePolicy } from '../../../access/policy/parse-policy';
import { PolicyError, type Position } from '../../../access/policy/policy';
import { printPolicy } from '../../../access/policy/print-policy';
import type { Server } from '../../../access/servers';
import refusals from './refusals.json';
import { withoutPositions } from './without-positions';

/** How a server answered a text: a message if it refused. */
interface Answers {
  readonly text: string;
  readonly vault: string | null;
  readonly openbao: string | null;
}

interface OracleLine {
  readonly kind: 'case' | 'policy';
  readonly text: string;
  readonly policies: readonly { readonly text: string }[];
  readonly vault: { readonly message: string | null };
  readonly openbao: { readonly message: string | null };
}

const oracleFile = '../shared/data/acl/decisions.ndjson.gz';

const lines = (): readonly OracleLine[] =>
  existsSync(oracleFile)
    ? gunzipSync(readFileSync(oracleFile))
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as OracleLine)
    : [];

/** The error of a text, as it is sent to the API. */
const errorOf = (text: string, server: Server): PolicyError | undefined => {
  try {
    parsePolicy('p', decodePolicyText(text), server);
    return undefined;
  } catch (error) {
    if (error instanceof PolicyError) {
      return error;
    }
    throw error;
  }
};

/** Line and, if the server gives it, column of a message. */
const positionIn = (message: string): Partial<Position> | undefined => {
  const match = /At (\d+):(\d+)|policy: (\d+):(\d+): | at (\d+):(\d+) was|on line ([1-9]\d*)/.exec(message);
  const [line, column] = match?.slice(1).filter((part) => part !== undefined) ?? [];
  return line === undefined ? undefined : { line: Number(line), ...(column && { column: Number(column) }) };
};

/** Differences between what a server did with a text and what the parser does. */
const disagreements = ({ text, vault, openbao }: Answers): readonly unknown[] =>
  (
    [
      ['vault-1.21', vault],
      ['openbao-2.7', openbao],
    ] as const
  ).flatMap(([server, message]) => {
    const error = errorOf(text, server);
    const expected = message === null ? undefined : positionIn(message);
    const agrees =
      (error === undefined) === (message === null) &&
      (expected === undefined ||
        (error?.position?.line === expected.line &&
          (expected.column === undefined || error?.position?.column === expected.column)));
    return agrees ? [] : [{ text, server, message, error: error?.message, position: error?.position }];
  });

describe('texts that a real server refused', () => {
  it('are refused by the same server, at the same line and column', () => {
    expect(refusals.length).toBeGreaterThan(50);
    expect(refusals.flatMap(disagreements)).toEqual([]);
  });

  it('have a position in every message but those that print nothing', () => {
    const errors = refusals.flatMap(({ text }) => errorOf(text, 'vault-1.21') ?? []);
    expect(errors.filter(({ position }) => position === undefined)).toEqual([]);
  });
});

(existsSync(oracleFile) ? describe : describe.skip)('all texts of the oracle', () => {
  const all = lines();
  const accepted = [...new Set(all.flatMap(({ policies }) => policies?.map(({ text }) => text) ?? []))];

  it('are refused where a server refused them, at the same line and column', () => {
    const answers = all
      .filter(({ kind }) => kind === 'policy')
      .map(({ text, vault, openbao }) => ({ text, vault: vault.message, openbao: openbao.message }));
    expect(answers).toHaveLength(966);
    expect(answers.flatMap(disagreements)).toEqual([]);
  });

  it('are accepted where both servers accepted them', () => {
    expect(accepted.length).toBeGreaterThan(20_000);
    const answers = accepted.map((text) => ({ text, vault: null, openbao: null }));
    expect(answers.flatMap(disagreements)).toEqual([]);
  });

  it('are the same policy after they are printed', () => {
    const changed = accepted.filter((text) => {
      const policy = parsePolicy('p', decodePolicyText(text), 'openbao-2.7');
      const printed = printPolicy(policy);
      const again = parsePolicy('p', printed, 'openbao-2.7');
      return withoutPositions(again) !== withoutPositions(policy) || printPolicy(again) !== printed;
    });
    expect(changed).toEqual([]);
  });
});
