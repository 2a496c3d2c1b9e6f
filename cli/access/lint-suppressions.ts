import { readFileSync } from 'node:fs';

import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

import { lintRules } from '../../access/lint/rules';
import type { Suppression } from '../../access/lint/suppression';
import { PlatformError } from '../../model/errors';

const suppression = z.strictObject({
  rule: z.enum(lintRules.map(({ id }) => id)),
  policy: z.string().optional(),
  principal: z.string().optional(),
  reason: z.string().min(1),
  until: z.iso.date(),
});

const fix =
  'each entry has rule, policy or principal, reason and until, for example 2030-01-31: see docs/lints/README.md';

/**
 * Suppressions from a YAML file.
 *
 * @throws PlatformError `usage` with all problems of the file
 */
export function readSuppressions(file: string): readonly Suppression[] {
  const result = z.array(suppression).safeParse(readYaml(file));
  if (result.success) {
    return result.data.map(({ policy, principal, ...others }) => ({
      ...others,
      ...(policy !== undefined && { policy }),
      ...(principal !== undefined && { principal }),
    }));
  }
  throw new PlatformError(
    'usage',
    result.error.issues.map(({ path, message }) => ({ file, message: `${path.join('.')}: ${message}`, fix })),
  );
}

function readYaml(file: string): unknown {
  try {
    // A date without quotes is a text here, because YAML 1.2 has no dates.
    return parse(readFileSync(file, 'utf8')) ?? [];
  } catch (error) {
    const { line, col } = (error instanceof YAMLParseError ? error.linePos?.[0] : undefined) ?? {};
    throw new PlatformError('usage', [
      {
        file,
        ...(line !== undefined && { line }),
        ...(col !== undefined && { column: col }),
        message: `the file cannot be read: ${(error as Error).message.split('\n')[0] ?? ''}`,
        fix,
      },
    ]);
  }
}
