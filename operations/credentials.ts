import type { ServerClient } from '../client/server-client';
import { ServerRefusal } from '../client/server-refusal';
import type { AuthMethod } from '../model/cluster/auth-method';
import type { KubernetesMethod } from '../model/cluster/auth-methods/kubernetes';
import type { OidcMethod } from '../model/cluster/auth-methods/oidc';
import type { Environment } from '../model/environment/environment';
import { PlatformError } from '../model/errors';
import type { Inventory } from '../model/inventory';
import { engineMount } from '../model/names';

/**
 * A credential of an engine or auth method. Terraform never sees it: an operator sets it once, and the server rotates it at
 * once where it can.
 */
export interface Credential {
  /** `<environment>/database/<connection>`, `<environment>/aws` or `<cluster>/auth/<method>`. */
  readonly name: string;
  /** Name of the cluster. */
  readonly cluster: string;
  /** Description, for example `password of vault at warehouse`. */
  readonly description: string;
  /** API path that it is written to. */
  readonly path: string;
  /** Names of its parameters: one value, or an AWS access key and its secret key. */
  readonly secrets: readonly string[];
  /** Parameters that must be written together with the credential. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** API path that rotates it. @default - the server cannot rotate it */
  readonly rotatePath?: string;
}

/** Every credential that the engines and auth methods of an inventory need. */
export function credentials({ clusters, environments }: Inventory): Credential[] {
  return [
    ...clusters.flatMap(({ name, authMethods }) => authMethods.flatMap((method) => ofMethod(name, method))),
    ...environments.flatMap(ofEnvironment),
  ];
}

function ofMethod(cluster: string, method: AuthMethod): Credential[] {
  const name = `${cluster}/auth/${method.inventoryName}`;
  const path = `auth/${method.mountPath}/config`;
  switch (method.type) {
    case 'kubernetes':
      if (method.tokenReview !== 'reviewer') return [];
      return [
        {
          ...{ name, cluster, path, secrets: ['token_reviewer_jwt'] },
          description: `token of the reviewer account in ${method.inventoryName}`,
          settings: kubernetesSettings(method),
        },
      ];
    case 'oidc':
      return [
        {
          ...{ name, cluster, path, secrets: ['oidc_client_secret'] },
          description: `secret of the client ${method.clientId} at ${method.discoveryUrl}`,
          settings: oidcSettings(method),
        },
      ];
    case 'ldap':
      if (method.bindDn === undefined) return [];
      return [
        { name, cluster, path, secrets: ['bindpass'], description: `password of ${method.bindDn}`, settings: {} },
      ];
    case 'aws':
      return [
        {
          ...{ name, cluster, path: `${path}/client`, secrets: ['access_key', 'secret_key'] },
          description: 'access key for identity lookups; not needed with an instance role',
          settings: {},
        },
      ];
    case 'jwt':
      return [];
  }
}

function ofEnvironment(environment: Environment): Credential[] {
  const { database, aws } = environment.engines;
  const cluster = environment.cluster.name;
  const at = (engine: 'aws' | 'database'): string => engineMount(environment, engine);
  return [
    ...(database?.connections ?? []).map(({ name, username }): Credential => ({
      name: `${environment.inventoryName}/database/${name}`,
      cluster,
      description: `password of ${username} at ${name}`,
      path: `${at('database')}/config/${name}`,
      secrets: ['password'],
      // The new password replaces the only copy of the current one, so the server must verify it first.
      settings: { verify_connection: true },
      rotatePath: `${at('database')}/rotate-root/${name}`,
    })),
    ...(aws === undefined
      ? []
      : [
          {
            name: `${environment.inventoryName}/aws`,
            cluster,
            description: 'access key for issuing credentials; not needed with an instance role',
            path: `${at('aws')}/config/root`,
            secrets: ['access_key', 'secret_key'],
            settings: {},
            rotatePath: `${at('aws')}/config/rotate-root`,
          },
        ]),
  ];
}

/** The server replaces all settings at each write, so Terraform cannot manage any of them. */
const kubernetesSettings = (method: KubernetesMethod): Record<string, unknown> => ({
  kubernetes_host: method.host,
  kubernetes_ca_cert: method.caCertificate,
  disable_local_ca_jwt: true,
  disable_iss_validation: method.issuer === undefined,
  ...(method.issuer !== undefined && { issuer: method.issuer }),
});

/** The server accepts a client only together with its secret. */
const oidcSettings = (method: OidcMethod): Record<string, unknown> => ({
  oidc_discovery_url: method.discoveryUrl,
  oidc_client_id: method.clientId,
  jwt_supported_algs: method.supportedAlgorithms,
  ...(method.caCertificate !== undefined && { oidc_discovery_ca_pem: method.caCertificate }),
});

/**
 * Sets a credential and, unless `rotate` is false, lets the server rotate it.
 *
 * @param secret values by the names that `secrets` lists
 * @returns whether the server rotated it: the given value is then no longer valid
 * @throws PlatformError `server` with the server's message, from which the credential is removed
 */
export async function setCredential(
  client: Pick<ServerClient, 'write'>,
  { path, settings, rotatePath }: Credential,
  secret: Readonly<Record<string, string>>,
  { rotate = true }: { readonly rotate?: boolean } = {},
): Promise<boolean> {
  await client.write(path, { ...settings, ...secret }).catch((error: unknown) => {
    throw error instanceof ServerRefusal ? without(Object.values(secret), error) : error;
  });
  if (!rotate || rotatePath === undefined) return false;
  await client.write(rotatePath).catch((error: unknown) => {
    throw error instanceof ServerRefusal ? notChanged(without(Object.values(secret), error)) : error;
  });
  return true;
}

/** Removes secrets from an error, because a server may quote the request. */
function without(secrets: readonly string[], { code, problems }: PlatformError): PlatformError {
  const hide = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return new PlatformError(
    code,
    problems.map((problem) => ({ ...problem, message: hide(problem.message) })),
  );
}

function notChanged({ code, problems }: PlatformError): PlatformError {
  return new PlatformError(
    code,
    problems.map((problem) => ({
      ...problem,
      message: `the credential is set and in use, but the server cannot rotate it: ${problem.message}`,
      fix: 'allow the account to change its own credential and set it again; or use --no-rotate and rotate it yourself',
    })),
  );
}
