import { createPublicKey, type KeyObject } from 'node:crypto';

import { publicKeyRule } from '../../language/rules/pem';
import { textRule } from '../../language/rules/text';
import { urlRule } from '../../language/rules/url';
import { defined, filledList, map, optional, refuse, succeeds, text, type Output } from '../../language/schema';
import { caCertificate, methodKeys, supportedAlgorithms, userClaim, type Algorithm, type Mounted } from './parts';

const curves: Readonly<Record<string, Algorithm>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

/** Algorithms whose signatures a key verifies. */
function algorithmsOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): readonly Algorithm[] {
  if (type === 'rsa') return ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
  if (type === 'ed25519') return ['EdDSA'];
  const algorithm = type === 'ec' ? curves[details?.namedCurve ?? ''] : undefined;
  return algorithm === undefined ? [] : [algorithm];
}

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
    userClaim,
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
    method.publicKeys?.forEach((pem, index) => {
      const fitting = succeeds(() => createPublicKey(pem)) ? algorithmsOf(createPublicKey(pem)) : undefined;
      if (fitting === undefined || fitting.some((name) => method.supportedAlgorithms.includes(name))) return;
      const [best] = fitting;
      refuse(context, ['publicKeys', index], 'a key that fits one of supportedAlgorithms', {
        message: `no token can be verified with this key: it fits none of ${method.supportedAlgorithms.join(', ')}`,
        given: 'a public key',
        fix: best === undefined ? 'use a key of RSA, ECDSA or Ed25519' : `add \`${best}\` to supportedAlgorithms`,
      });
    });
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
