import { patternRule, type Rule } from '../rule';

const host = String.raw`([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?`;
const path = String.raw`(\/[A-Za-z0-9._~-]+)*\/?`;
const onThisMachine = String.raw`(localhost|127\.0\.0\.1|\[::1\])(:[1-9][0-9]{0,4})?`;

const pattern = new RegExp(`^(https:\\/\\/${host}|http:\\/\\/${onThisMachine})${path}$`);

/**
 * The URL of something that a server talks to: TLS, no credentials, no query. Without TLS on the server's own machine alone,
 * which a replica and its tests are.
 */
export const urlRule = rule('https://host, with a port and a path where it has them');

/** Where a browser is sent back to: `http` is for a program on the user's own machine. */
export const redirectRule = rule('https://host/path, or http://localhost:port/path for the command line');

export const ldapUrlRule = patternRule(
  new RegExp(`^ldaps?:\\/\\/${host}$`),
  'ldaps://host or ldaps://host:port; ldap:// with `startTls: true`',
  { message: 'this is not the URL of a directory', fix: 'write ldaps://, the host and the port, nothing else' },
  (text) => URL.canParse(text),
);

/** Whether a host is the machine that asks. */
export const isOnThisMachine = (text: string): boolean => new RegExp(`^${onThisMachine}$`).test(text);

function rule(allowed: string): Rule {
  return {
    allowed,
    pattern,
    fault: (text) => {
      if (pattern.test(text) && URL.canParse(text)) return undefined;
      if (/^[a-z]+:\/\/[^/]*@/.test(text)) {
        return {
          message: 'the URL contains a credential',
          given: 'a URL with a credential',
          fix: 'remove the part before the @, and create a new credential, because many people know this one',
        };
      }
      const tls = text.replace(/^http:/, 'https:');
      return {
        message: 'this is not a URL that can be used here',
        fix:
          tls !== text && pattern.test(tls) && tls.length <= 80 ? `write ${tls}` : 'write https:// and what follows it',
      };
    },
  };
}
