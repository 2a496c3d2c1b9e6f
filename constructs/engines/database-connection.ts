import {
  DatabaseSecretBackendConnection,
  type DatabaseSecretBackendConnectionConfig,
} from '@cdktf/provider-vault/lib/database-secret-backend-connection';
import { GenericEndpoint } from '@cdktf/provider-vault/lib/generic-endpoint';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

import { engineDefaults, type DatabasePlugin } from '../../model/environment/engines';
import { connectionUrlFault } from '../../model/language/rules/connection-url';
import { storedSettings } from '../stored-settings';
import { validateProps, type PropsRule } from '../validate-props';
import type { IDatabaseEngine } from './database-engine';
import { accountProblem } from './database-names';
import { nameProblem } from './name-in-engine';

/** A connection of a database engine, of this or another stack. */
export interface IDatabaseConnection {
  /** Name in the engine. If this stack creates the connection, it is a reference, so that Terraform creates the connection first. */
  readonly name: string;
  readonly plugin: DatabasePlugin;
}

export interface DatabaseConnectionProps {
  readonly engine: IDatabaseEngine;
  /** Name in the engine. */
  readonly connectionName: string;
  readonly plugin: DatabasePlugin;
  /** URL with TLS, and with `{{username}}` and `{{password}}` instead of credentials. */
  readonly connectionUrl: string;
  /** Account in the database that the engine uses to create others. */
  readonly username: string;
  /** Maximum number of open connections of each server. @default 4 */
  readonly maxOpenConnections?: number;
  /**
   * Names of the roles that may use the connection; a trailing `*` is any suffix, `checkout-*`. Only Terraform creates roles in the
   * engine, so with `*` every role is still reviewed.
   * @default ['*']
   */
  readonly allowedRoles?: readonly string[];
  /**
   * PEM of the authority that signed the database's certificate.
   * @default - the authorities that the server's machine trusts
   */
  readonly caCertificate?: string;
}

const rules: readonly PropsRule<DatabaseConnectionProps>[] = [
  ({ connectionName }) => nameProblem('connection', connectionName),
  ({ plugin, username }) => accountProblem(plugin, username),
  ({ plugin, connectionUrl }) => {
    const fault = connectionUrlFault(plugin, connectionUrl);
    // An invalid URL may contain a password.
    return fault && { given: 'a URL that is not shown, because it may contain a password', ...fault };
  },
];

/** Accounts are named after their role. By default the name contains that of the client, which the client may choose. */
const usernameTemplates: Readonly<Record<DatabasePlugin, string>> = {
  postgresql: '{{ printf "v-%s-%s-%s" (.RoleName | truncate 29) (random 20) (unix_time) | truncate 63 }}',
  mysql: '{{ printf "v-%s-%s" (.RoleName | truncate 9) (random 20) | truncate 32 }}',
};

/**
 * A database in which an engine creates accounts. There is no prop for the password of the engine's own account: Terraform writes the
 * connection without a password, an operator writes the password afterwards, and the server rotates it at once. No state contains it,
 * and later writes by Terraform do not change it. Terraform refuses to destroy the connection, which holds the only copy of the password.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/database_secret_backend_connection
 */
export class DatabaseConnection extends Construct implements IDatabaseConnection {
  public readonly name: string;
  public readonly plugin: DatabasePlugin;

  /** @throws PlatformError `construct` for invalid names, and for a URL with a credential, without TLS, or for another database */
  constructor(scope: Construct, id: string, props: DatabaseConnectionProps) {
    super(scope, id);
    validateProps(this, props, rules);
    const { engine, connectionName, plugin, allowedRoles = ['*'] } = props;
    const resource = new DatabaseSecretBackendConnection(this, 'Resource', {
      backend: engine.backend,
      name: connectionName,
      // There is no password yet.
      verifyConnection: false,
      allowedRoles: [...allowedRoles],
      ...connectionOf(props),
      dependsOn: [this.addCertificate(props)],
      lifecycle: { preventDestroy: true },
    });
    this.name = resource.name;
    this.plugin = plugin;
  }

  /**
   * Writes the certificate, also an empty one. The provider sends no empty one, so the server would keep a removed certificate. It is
   * written before the connection, because the provider would otherwise store the certificate that the server still has. The server
   * merges both, and requires a plugin and a URL for the first write.
   */
  private addCertificate(props: DatabaseConnectionProps): ITerraformDependable {
    const { engine, connectionName, plugin, connectionUrl, username, caCertificate = '' } = props;
    const settings = {
      plugin_name: `${plugin}-database-plugin`,
      connection_url: connectionUrl,
      username,
      tls_ca: caCertificate,
      verify_connection: false,
    };
    return new GenericEndpoint(this, 'certificate', {
      ...storedSettings(`${engine.backend}/config/${connectionName}`, settings),
      // Vault returns the `verify_connection` of the operator who has set the password.
      disableRead: true,
    });
  }
}

function connectionOf(props: DatabaseConnectionProps): Pick<DatabaseSecretBackendConnectionConfig, DatabasePlugin> {
  const {
    plugin,
    connectionUrl,
    username,
    caCertificate,
    maxOpenConnections = engineDefaults.maxOpenConnections,
  } = props;
  const connection = {
    connectionUrl,
    username,
    maxOpenConnections,
    // The defaults of the server, written because the provider writes them at the first change anyway.
    maxIdleConnections: 0,
    maxConnectionLifetime: 0,
    usernameTemplate: usernameTemplates[plugin],
    ...(caCertificate !== undefined && { tlsCa: caCertificate }),
  };
  switch (plugin) {
    case 'postgresql':
      return { postgresql: connection };
    case 'mysql':
      return { mysql: connection };
  }
}
