import { parsePolicy } from '../../../access/policy/parse-policy';
import { PolicyError } from '../../../access/policy/policy';
import type { Server } from '../../../access/servers';
import messages from './messages.json';

/** Line, column and message of the error of a text. */
function errorOf(text: string, server: Server): string {
  try {
    parsePolicy('p', text, server);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return `${error.position?.line}:${error.position?.column} ${error.message}`;
  }
}

describe('a text that a server refuses', () => {
  it.each(messages)('$text on $server says what is wrong, where, and what is allowed', ({ text, server, message }) => {
    expect(errorOf(text, server as Server)).toBe(message);
  });

  it('can be nested up to 500 times', () => {
    const nested = (times: number): string =>
      `path "a" { capabilities = []\n comment = ${'['.repeat(times)}${']'.repeat(times)} }`;
    expect(errorOf(nested(499), 'vault-2')).toBe('accepted');
    expect(errorOf(nested(500), 'vault-2')).toBe('2:13 lists and objects are nested more than 500 times');
  });
});
