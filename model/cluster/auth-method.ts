import type { z } from 'zod';

import { namedMap } from '../language/list';
import { byWord, type Output } from '../language/map';
import { optional } from '../language/values';
import { awsMethod } from './auth-methods/aws';
import { jwtMethod } from './auth-methods/jwt';
import { kubernetesMethod } from './auth-methods/kubernetes';
import { ldapMethod } from './auth-methods/ldap';
import { oidcMethod } from './auth-methods/oidc';
import type { Mounted } from './auth-methods/parts';

const method = byWord(
  'type',
  [kubernetesMethod, jwtMethod, oidcMethod, ldapMethod, awsMethod],
  'a map with `type`: kubernetes, jwt, oidc, ldap or aws',
);

const mounted = (name: string, settings: z.output<typeof method>): Mounted<z.output<typeof method>> => ({
  name,
  mountPath: name,
  ...settings,
});

const methods = namedMap('auth method', method, 'a map from names to auth methods');

/** The auth methods of a cluster by name, in the order of its file. Each is mounted at its name. */
export const authSchema = optional(
  methods.transform((all) => Object.entries(all).map(([name, settings]) => mounted(name, settings))),
  {},
);

/** An auth method of a cluster, besides AppRole and tokens. */
export type AuthMethod = Output<typeof authSchema>[number];
export type AuthMethodType = AuthMethod['type'];
