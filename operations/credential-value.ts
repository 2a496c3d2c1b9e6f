import { z } from 'zod';

import { PlatformError } from '../model/errors';

/** As `aws iam create-access-key` prints it. */
const awsKey = z.object({
  AccessKey: z.object({ AccessKeyId: z.string().min(1), SecretAccessKey: z.string().min(1) }),
});

/**
 * Reads what an operator handed over: one value, as text on one line; or an access key of AWS, as `aws iam create-access-key`
 * prints it.
 *
 * @param secrets names of the values, as a {@link Credential} lists them
 * @returns the values by these names
 * @throws PlatformError `usage`; the message never holds any of the text
 */
export function parseCredential(text: string, secrets: readonly string[]): Record<string, string> {
  const [name = '', second] = secrets;
  if (second === undefined) {
    const value = text.replace(/\r?\n$/, '');
    if (value !== '' && !/[\r\n]/.test(value)) return { [name]: value };
    throw refused(
      'standard input has to be the credential, on one line',
      value === '' ? 'nothing' : `${value.split('\n').length} lines`,
    );
  }
  const { data } = awsKey.safeParse(parseJson(text));
  if (data === undefined) throw refused('standard input has to be an access key as JSON', 'something else');
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
