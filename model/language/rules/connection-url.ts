import type { DatabasePlugin } from '../../environment/engines';
import { patternRule, type Fault } from '../rule';
import { isOnThisMachine } from './url';

const account = String.raw`\{\{username\}\}:\{\{password\}\}`;
const hostAndPort = String.raw`(?:[a-z0-9][a-z0-9.-]*|\[[0-9a-f:]+\])(?::[1-9][0-9]{0,4})?`;
const query = String.raw`(?:\?(?<query>(?:[A-Za-z0-9_.~=&,/+-]|%[0-9A-Fa-f]{2})+))?`;

interface Form {
  readonly pattern: RegExp;
  readonly example: string;
  /** Parameter that asks for TLS, and its value with which the server verifies the certificate and the name of the database. */
  readonly parameter: string;
  readonly safe: string;
  /** Values with which there is TLS, but with whoever answers. */
  readonly unverified: readonly string[];
  /** Parameters that allow a connection without TLS nevertheless. */
  readonly fallbacks: readonly string[];
}

const forms: Readonly<Record<DatabasePlugin, Form>> = {
  postgresql: {
    pattern: new RegExp(
      `^postgres(ql)?://${account}@(?<hosts>${hostAndPort}(?:,${hostAndPort})*)/[A-Za-z0-9_-]+${query}$`,
    ),
    example: 'postgresql://{{username}}:{{password}}@host:5432/database?sslmode=verify-full',
    parameter: 'sslmode',
    safe: 'verify-full',
    unverified: ['verify-ca', 'require'],
    fallbacks: [],
  },
  mysql: {
    pattern: new RegExp(`^${account}@tcp\\((?<hosts>${hostAndPort})\\)/[A-Za-z0-9_-]*${query}$`),
    example: '{{username}}:{{password}}@tcp(host:3306)/?tls=true',
    parameter: 'tls',
    safe: 'true',
    unverified: ['skip-verify'],
    fallbacks: ['allowFallbackToPlaintext'],
  },
};

/** The part that both forms share; which plugin a URL is for is known once the whole connection is. */
export const connectionUrlRule = patternRule(
  /\{\{username\}\}:\{\{password\}\}@/,
  'a URL with the placeholders {{username}} and {{password}}',
  {
    message: 'the URL must have placeholders for the account and its password',
    given: 'a URL without {{username}}:{{password}}@',
    fix: 'write `{{username}}:{{password}}@` before the host; if there was a password, change it, because many people know it',
  },
);

/**
 * What is wrong with a URL for one kind of database that obeys the rule. TLS with a verified certificate is a must, but for a database on the
 * server's own machine.
 */
export function connectionUrlFault(plugin: DatabasePlugin, url: string): (Fault & { allowed: string }) | undefined {
  const { pattern, example, parameter, safe, unverified, fallbacks } = forms[plugin];
  const found = pattern.exec(url);
  if (found === null) {
    const message = `this is not a connection of ${plugin}`;
    return { message, allowed: example, given: 'a URL of another form', fix: `write ${example}` };
  }
  const parameters = new URLSearchParams(found.groups?.query ?? '');
  const [credential] = ['user', 'password', 'passfile', 'sslpassword'].filter((key) => parameters.has(key));
  if (credential !== undefined) {
    const fix = 'remove it: the server inserts account and password';
    return { message: `the URL contains \`${credential}\``, allowed: example, given: 'a URL with a credential', fix };
  }
  const [place] = ['host', 'hostaddr', 'port', 'service', 'servicefile'].filter((key) => parameters.has(key));
  if (place !== undefined) {
    const fix = 'write host and port behind the `@`; several hosts, with commas';
    return { message: `\`${place}\` leads to another server than the URL`, allowed: example, given: `${place}=…`, fix };
  }
  const hosts = (found.groups?.hosts ?? '').split(',');
  if (hosts.every(isOnThisMachine)) return undefined;
  const [fallback] = fallbacks.filter((key) => parameters.has(key));
  if (fallback !== undefined) {
    const message = `with \`${fallback}\`, passwords could be sent without TLS`;
    return { message, allowed: example, given: `${fallback}=…`, fix: 'remove it' };
  }
  const [value = '', ...others] = parameters.getAll(parameter);
  if (value === safe && others.length === 0) return undefined;
  return {
    message:
      unverified.includes(value) && others.length === 0
        ? `with ${parameter}=${value}, another host could pose as the database and get its passwords`
        : 'passwords would be sent without TLS',
    allowed: `${parameter}=${safe}`,
    fix: `write ${parameter}=${safe} behind the question mark`,
  };
}
