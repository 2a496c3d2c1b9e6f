import { z } from 'zod';

import { PlatformError } from '../model/errors';

/** Output of `aws iam create-access-key`. */
const awsKey = z.object({
  AccessKey: z.object({ AccessKeyId: z.string().min(1), SecretAccessKey: z.string().min(1) }),
});

/**
 * Parses a credential: one value on one line, or an AWS access key as printed by `aws iam create-access-key`.
 *
 * @param secrets names of the values, as a {@link Credential} lists them
 * @returns the values by these names
 * @throws PlatformError `usage`; the message never contains any of the text
 */
export function parseCredential(text: string, secrets: readonly string[]): Record<string, string> {
  const [name = '', second] = secrets;
  if (second === undefined) {
    const value = text.replace(/\r?\n$/, '');
    if (value !== '' && !/[\r\n]/.test(value)) return { [name]: value };
    throw refused(
      'standard input must be the credential, on one line',
      value === '' ? 'nothing' : `${value.split('\n').length} lines`,
    );
  }
  const { data } = awsKey.safeParse(parseJson(text));
  if (data === undefined) throw refused('standard input must be an access key as JSON', 'something else');
  return { [name]: data.AccessKey.AccessKeyId, [second]: data.AccessKey.SecretAccessKey };
}

function refused(message: string, given: string): PlatformError {
  return new PlatformError('usage', [
    {
      message,
      given,
      fix: 'pipe it in: `… credential set <name> < password`, or `aws iam create-access-key … | … credential set <name>`',
    },
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
