import { textRule } from '../../language/rules/text';
import { redirectRule, urlRule } from '../../language/rules/url';
import { filledList, map, text, type Output } from '../../language/schema';
import { caCertificate, methodKeys, supportedAlgorithms, userClaim, type Mounted } from './parts';

/** @see https://openbao.org/docs/auth/jwt/ */
export const oidcMethod = map({
  ...methodKeys('oidc', 'People, with a browser. An operator supplies the client secret.'),
  discoveryUrl: text(urlRule).describe('OpenID Connect Discovery URL of the provider.'),
  caCertificate: caCertificate('the server at discoveryUrl'),
  clientId: text(textRule).describe('Client ID of the cluster at the provider.'),
  redirectUris: filledList(text(redirectRule), 'a list of URLs').describe('Allowed redirect URIs.'),
  supportedAlgorithms,
  userClaim,
});

export type OidcMethod = Mounted<Output<typeof oidcMethod>>;
