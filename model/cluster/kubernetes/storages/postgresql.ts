import { map } from '../../../language/map';
import { databaseRule, hostRule } from '../../../language/rules/words';
import { optional, text } from '../../../language/values';
import { anywhere, authority, port, secretEntry, somePeers } from '../parts';
import { databaseKeys } from './database';

export const postgresql = map({
  host: text(hostRule).describe('Host name of the database; its certificate must contain it.'),
  port: optional(port(), 5432).describe('Port of the database.'),
  user: optional(text(databaseRule)).describe(
    'User that the servers connect as. Default: openbao or vault, by the dialect.',
  ),
  // See docs/decisions/0026-database-password.md.
  passwordFile: secretEntry('pgpass').describe(
    'Secret with a PostgreSQL password file: one line host:port:database:user:password.',
  ),
  authority: authority('the database'),
  peers: optional(somePeers(), anywhere).describe('Addresses of the database, for the NetworkPolicy.'),
  ...databaseKeys(),
}).describe('An existing PostgreSQL. The servers always verify its certificate and host name.');
