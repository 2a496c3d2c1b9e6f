import {
  DatabaseSecretBackendConnection,
  type DatabaseSecretBackendConnectionConfig,
} from '@cdktf/provider-vault/lib/database-secret-backend-connection';
import { Construct } from 'constructs';

import type { DatabaseConnection as DatabaseConnectionModel, DatabasePlugin } from '../../model/environment/connection';
import { PlatformError } from '../../model/errors';
import { connectionUrlFault } from '../../model/language/rules/connection-url';
import type { IDatabaseEngine } from './database-engine';
import { accountName } from './database-statements';
import { nameOf } from './name-in-engine';

/** A connection of a database engine, made here or elsewhere. */
export interface IDatabaseConnection {
  /** Name in the engine; where this stack makes the connection a reference, so that Terraform makes it first. */
  readonly name: string;
  readonly plugin: DatabasePlugin;
}

export interface DatabaseConnectionProps extends Pick<DatabaseConnectionModel, 'plugin' | 'username'> {
  /** URL of the database, with `{{username}}` and `{{password}}` where they go. */
  readonly connectionUrl: string;
  readonly engine: IDatabaseEngine;
  /** Name in the engine. */
  readonly connectionName: string;
  /** Connections that the server holds open at most, each of its nodes. @default 4 */
  readonly maxOpenConnections?: number;
  /**
   * Roles that may use it, by name; `*` at an end stands for any rest, `checkout-*`. All roles of the engine are made by
   * Terraform alone, so with `*` a reviewer still sees each.
   * @default ['*']
   */
  readonly allowedRoles?: readonly string[];
  /**
   * PEM of the authority that the database's certificate is from.
   * @default - those that the server's machine trusts
   */
  readonly caCertificate?: string;
}

/** Accounts are named after their role. By default the client's own name would stand in them, which a client may choose. */
const usernameTemplates: Readonly<Record<DatabasePlugin, string>> = {
  postgresql: '{{ printf "v-%s-%s-%s" (.RoleName | truncate 29) (random 20) (unix_time) | truncate 63 }}',
  mysql: '{{ printf "v-%s-%s" (.RoleName | truncate 9) (random 20) | truncate 32 }}',
};

/**
 * A database that an engine makes accounts in. There is no prop for the password of the engine's own account: Terraform writes
 * the connection without one, an operator hands it over afterwards, and the server changes it at once to one that nobody
 * else knows. Neither reaches a state, and later writes by Terraform leave it as it is. Terraform refuses to destroy the
 * connection: it holds the only copy of that password.
 *
 * @see https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/database_secret_backend_connection
 */
export class DatabaseConnection extends Construct implements IDatabaseConnection {
  public readonly name: string;
  public readonly plugin: DatabasePlugin;

  /** @throws PlatformError `construct` for a URL with a credential, without TLS, or for another kind of database */
  constructor(scope: Construct, id: string, props: DatabaseConnectionProps) {
    super(scope, id);
    const { engine, plugin, allowedRoles = ['*'] } = props;
    checkUrl(plugin, props.connectionUrl);
    const resource = new DatabaseSecretBackendConnection(this, 'Resource', {
      backend: engine.backend,
      name: nameOf('connection', props.connectionName),
      // There is no password yet.
      verifyConnection: false,
      allowedRoles: [...allowedRoles],
      ...connectionOf(props),
      lifecycle: { preventDestroy: true },
    });
    this.name = resource.name;
    this.plugin = plugin;
  }
}

function connectionOf(props: DatabaseConnectionProps): Pick<DatabaseSecretBackendConnectionConfig, DatabasePlugin> {
  const { plugin, caCertificate, maxOpenConnections = 4 } = props;
  const connection = {
    connectionUrl: props.connectionUrl,
    username: accountName(plugin, props.username),
    maxOpenConnections,
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

/** A faulty URL may hold a password, so none is shown. */
function checkUrl(plugin: DatabasePlugin, url: string): void {
  const fault = connectionUrlFault(plugin, url);
  if (fault === undefined) return;
  const { message, given = 'a URL that is not shown: it may hold a password', allowed, fix } = fault;
  throw new PlatformError('construct', [{ message, given, allowed, fix }]);
}
