import { map, type Output } from '../language/map';
import { connectionUrlFault, connectionUrlRule } from '../language/rules/connection-url';
import { certificateRule } from '../language/rules/pem';
import { databaseNameRule } from '../language/rules/words';
import { optional, refuse, text, wholeNumber, word } from '../language/values';

/** A database that credentials are created in. The password of its account is set by an operator and never in the state. */
export const connectionSchema = map(
  {
    plugin: word(['postgresql', 'mysql']).describe('Kind of database.'),
    url: text(connectionUrlRule).describe(
      'URL of the database, with the placeholders {{username}} and {{password}}, for example postgresql://{{username}}:{{password}}@db:5432/app?sslmode=verify-full, or {{username}}:{{password}}@tcp(db:3306)/?tls=true for mysql.',
    ),
    username: text(databaseNameRule).describe(
      'Account that the engine uses to create users; an operator sets its password.',
    ),
    maxOpenConnections: optional(wholeNumber(1, 1000), 4).describe('Connections that each server may open at a time.'),
    caCertificate: optional(text(certificateRule)).describe(
      'Certificate in PEM of the CA that signed the database’s certificate. Default: the CAs of the server’s machine.',
    ),
  },
  ({ plugin, url }, context) => {
    const fault = connectionUrlRule.fault(url) === undefined ? connectionUrlFault(plugin, url) : undefined;
    if (fault !== undefined) refuse(context, ['url'], fault.allowed, fault);
  },
);

export type DatabaseConnection = Output<typeof connectionSchema> & { readonly name: string };
export type DatabasePlugin = DatabaseConnection['plugin'];
