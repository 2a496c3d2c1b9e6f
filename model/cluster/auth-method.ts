import { byWord, namedMap, optional, type Output } from '../language/schema';
import { awsMethod } from './auth-methods/aws';
import { jwtMethod } from './auth-methods/jwt';
import { kubernetesMethod } from './auth-methods/kubernetes';
import { ldapMethod } from './auth-methods/ldap';
import { oidcMethod } from './auth-methods/oidc';

const method = byWord(
  'type',
  [kubernetesMethod, jwtMethod, oidcMethod, ldapMethod, awsMethod],
  'a map with `type`: kubernetes, jwt, oidc, ldap or aws',
);

const methods = namedMap('auth method', method, 'a map from names to auth methods');

/** The auth methods of a cluster by name, in the order of its file. Each is mounted at its name on the server. */
export const authSchema = optional(
  methods.transform((all) =>
    Object.entries(all).map(([inventoryName, { nameOnServer: name = inventoryName, ...settings }]) => ({
      name,
      inventoryName,
      mountPath: name,
      ...settings,
    })),
  ),
  {},
);

/** An auth method of a cluster, besides AppRole and tokens. */
export type AuthMethod = Output<typeof authSchema>[number];
export type AuthMethodType = AuthMethod['type'];
