import { publicKeyRule } from '../../language/rules/pem';
import { textRule } from '../../language/rules/text';
import { urlRule } from '../../language/rules/url';
import { defined, filledList, map, optional, refuse, text, type Output } from '../../language/schema';
import { caCertificate, methodKeys, supportedAlgorithms, type Mounted } from './parts';

const sources = ['discoveryUrl', 'jwksUrl', 'publicKeys'] as const;

/** @see https://openbao.org/docs/auth/jwt/ */
export const jwtMethod = map(
  {
    ...methodKeys('jwt', 'Workloads with a signed token of another issuer, such as a CI system.'),
    boundIssuer: text(textRule).describe('Required issuer (`iss`) of the token.'),
    discoveryUrl: optional(text(urlRule)).describe(
      'OpenID Connect Discovery URL of the issuer, for the keys that verify tokens.',
    ),
    jwksUrl: optional(text(urlRule)).describe('URL of the keys that verify tokens (JWKS); instead of discoveryUrl.'),
    publicKeys: optional(filledList(text(publicKeyRule), 'a list of public keys in PEM')).describe(
      'Keys that verify tokens; instead of discoveryUrl.',
    ),
    caCertificate: caCertificate('the server at discoveryUrl or jwksUrl'),
    supportedAlgorithms,
  },
  (method, context) => {
    const message = `exactly one of ${sources.slice(0, -1).join(', ')} and ${sources.at(-1)}`;
    const [first, second] = sources.filter((key) => method[key] !== undefined);
    if (first === undefined) {
      refuse(context, [], message, {
        message: 'no key verifies the tokens',
        fix: 'add `discoveryUrl:` with the issuer’s URL',
      });
    }
    if (second !== undefined) {
      refuse(context, [second], message, {
        message: `\`${first}\` and \`${second}\` exclude each other`,
        fix: 'keep one of them',
      });
    }
    if (method.publicKeys !== undefined && method.caCertificate !== undefined) {
      refuse(context, ['caCertificate'], 'caCertificate with discoveryUrl or jwksUrl', {
        message: 'with `publicKeys` there is no server to verify',
        fix: 'remove caCertificate',
      });
    }
  },
).transform(({ discoveryUrl, jwksUrl, publicKeys = [], caCertificate: certificate, ...method }) => {
  const at = (from: 'discovery' | 'jwks', url: string) => ({ from, url, ...defined({ caCertificate: certificate }) });
  if (discoveryUrl !== undefined) return { ...method, keys: at('discovery', discoveryUrl) };
  return { ...method, keys: jwksUrl !== undefined ? at('jwks', jwksUrl) : { from: 'static' as const, publicKeys } };
});

export type JwtMethod = Mounted<Output<typeof jwtMethod>>;
