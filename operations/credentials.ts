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
 * A credential that an engine or auth method works with. It never comes near Terraform: an operator hands it over once, and
 * where the server can, it changes it at once to one that nobody else knows.
 */
export interface Credential {
  /** `<environment>/database/<connection>`, `<environment>/aws` or `<cluster>/auth/<method>`. */
  readonly name: string;
  /** Cluster that it is for. */
  readonly cluster: string;
  /** What it is, for people, for example `password of vault at warehouse`. */
  readonly description: string;
  /** API path that takes it. */
  readonly path: string;
  /** What the server calls it: one value, or an access key of AWS and its secret. */
  readonly secrets: readonly string[];
  /** What goes along with the credential: settings that the server takes only together with it, and how it is to take it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** API path that has the server change it. @default - it stays as it was handed over */
  readonly rotatePath?: string;
}

/** Every credential that the engines and auth methods of an inventory work with. */
export function credentials({ clusters, environments }: Inventory): Credential[] {
  return [
    ...clusters.flatMap(({ name, authMethods }) => authMethods.flatMap((method) => ofMethod(name, method))),
    ...environments.flatMap(ofEnvironment),
  ];
}

function ofMethod(cluster: string, method: AuthMethod): Credential[] {
  const name = `${cluster}/auth/${method.name}`;
  const path = `auth/${method.mountPath}/config`;
  switch (method.type) {
    case 'kubernetes':
      if (method.tokenReview !== 'reviewer') return [];
      return [
        {
          ...{ name, cluster, path, secrets: ['token_reviewer_jwt'] },
          description: `token of the account in ${method.name} that reviews tokens`,
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
          description: 'access key that looks up identities; none is needed with an instance role',
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
      name: `${environment.name}/database/${name}`,
      cluster,
      description: `password of ${username} at ${name}`,
      path: `${at('database')}/config/${name}`,
      secrets: ['password'],
      // Whatever is handed over replaces the only copy of the present password, so it has to prove itself first.
      settings: { verify_connection: true },
      rotatePath: `${at('database')}/rotate-root/${name}`,
    })),
    ...(aws === undefined
      ? []
      : [
          {
            name: `${environment.name}/aws`,
            cluster,
            description: 'access key that makes credentials; none is needed with an instance role',
            path: `${at('aws')}/config/root`,
            secrets: ['access_key', 'secret_key'],
            settings: {},
            rotatePath: `${at('aws')}/config/rotate-root`,
          },
        ]),
  ];
}

/** The server replaces all of it at each write, so none of it can be Terraform's. */
const kubernetesSettings = (method: KubernetesMethod): Record<string, unknown> => ({
  kubernetes_host: method.host,
  kubernetes_ca_cert: method.caCertificate,
  disable_local_ca_jwt: true,
  disable_iss_validation: method.issuer === undefined,
  ...(method.issuer !== undefined && { issuer: method.issuer }),
});

/** The server takes a client only together with its secret. */
const oidcSettings = (method: OidcMethod): Record<string, unknown> => ({
  oidc_discovery_url: method.discoveryUrl,
  oidc_client_id: method.clientId,
  jwt_supported_algs: method.supportedAlgorithms,
  ...(method.caCertificate !== undefined && { oidc_discovery_ca_pem: method.caCertificate }),
});

/**
 * Hands a credential over and, unless told otherwise, has the server change it.
 *
 * @param secret values by the names that `secrets` lists
 * @returns whether the server changed it: what was handed over is worth nothing then
 * @throws PlatformError `server` in the server's words, in which the credential does not stand
 */
export async function handOver(
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

/** What a server says of a request may quote it. */
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
      message: `it was handed over and is in use, but the server cannot change it: ${problem.message}`,
      fix: 'allow its account to change it and hand it over once more; or leave it with --no-rotate, and change it yourself now and then',
    })),
  );
}
