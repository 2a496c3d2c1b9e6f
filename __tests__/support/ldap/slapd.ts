import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';

import { execa } from 'execa';

import { writePrivateFile } from '../../../files/private-files';
import { TestServers, type ServerCertificate } from '../processes/test-servers';
import { systemProgram } from '../programs/programs';

export interface DirectoryPerson {
  readonly uid: string;
  readonly password: string;
}

export interface DirectoryContent {
  readonly people: readonly DirectoryPerson[];
  /** Names of groups, and who is in them by uid. */
  readonly groups: Readonly<Record<string, readonly [string, ...string[]]>>;
}

/** A directory on 127.0.0.1, over TLS alone. Nobody reads it without having logged in. */
export interface Directory {
  /** For example `ldaps://127.0.0.1:23456`. */
  readonly address: string;
  /** Of the authority that signed its certificate, PEM. */
  readonly ca: string;
  /** `ou=people,…`: people are found by `uid`. */
  readonly peopleDn: string;
  /** `ou=groups,…`: groups name themselves in `cn` and their members in `member`. */
  readonly groupsDn: string;
  /** An account that may read all of it but the passwords. */
  readonly reader: { readonly dn: string; readonly password: string };
  stop(): Promise<void>;
}

const base = 'dc=example,dc=com';
const schemaFolders = ['/etc/ldap/schema', '/etc/openldap/schema'];
const moduleFolders = ['/usr/lib/ldap', '/usr/lib64/openldap', '/usr/lib/openldap'];
const existing = (folders: readonly string[]): string | undefined => folders.find((folder) => existsSync(folder));

/** Why there is no directory here; undefined if there is one. */
export function missingSlapd(): string | undefined {
  const missing = ['slapd', 'slapadd'].filter((name) => systemProgram(name) === undefined);
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not installed (Debian: slapd)`;
}

/** Starts OpenLDAP with what it shall hold, beside that of the system if there is one. */
export async function startSlapd(content: DirectoryContent): Promise<Directory> {
  return await TestServers.use('slapd', async (servers) => {
    const certificate = await servers.certificate('localhost', '127.0.0.1');
    const configuration = path.join(servers.directory, 'slapd.conf');
    const reader = { dn: `cn=vault,ou=services,${base}`, password: randomBytes(16).toString('hex') };
    writePrivateFile(configuration, settings(servers.folder('data'), certificate, reader.dn));
    const data = path.join(servers.directory, 'content.ldif');
    writePrivateFile(data, ldif(content, reader));
    await execa(systemProgram('slapadd') ?? 'slapadd', ['-q', '-f', configuration, '-l', data]);

    const [port = 0] = await servers.ports(1);
    const address = `ldaps://127.0.0.1:${port}`;
    // A copy: where AppArmor confines the one of the system to its own folders, it goes by the name of the file.
    const bin = servers.folder('bin');
    const program = path.join(bin, 'slapd');
    copyFileSync(systemProgram('slapd') ?? 'slapd', program);
    const slapd = await servers.start({
      name: 'slapd',
      command: program,
      // With a level of debugging it stays what it is: a child of ours, which writes to its standard error.
      args: ['-d', '0', '-h', address, '-f', configuration],
    });
    await slapd.until('an answer', () => answers(port, certificate.ca));
    return {
      address,
      ca: certificate.ca,
      peopleDn: `ou=people,${base}`,
      groupsDn: `ou=groups,${base}`,
      reader,
      stop: () => servers.dispose(),
    };
  });
}

function settings(data: string, certificate: ServerCertificate, reader: string): string {
  const schemas = existing(schemaFolders) ?? '';
  const modules = existing(moduleFolders);
  mkdirSync(data, { recursive: true });
  return `${['core', 'cosine', 'inetorgperson'].map((name) => `include ${schemas}/${name}.schema`).join('\n')}
${modules === undefined ? '' : `modulepath ${modules}\nmoduleload back_mdb`}
pidfile ${path.join(data, 'slapd.pid')}
TLSCACertificateFile ${certificate.caFile}
TLSCertificateFile ${certificate.certificateFile}
TLSCertificateKeyFile ${certificate.keyFile}
disallow bind_anon
database mdb
maxsize 16777216
suffix "${base}"
directory ${data}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${reader}" read by self read by anonymous auth by * none
`;
}

function ldif({ people, groups }: DirectoryContent, reader: Directory['reader']): string {
  const entries: (readonly string[])[] = [
    [`dn: ${base}`, 'objectClass: dcObject', 'objectClass: organization', 'o: Example', 'dc: example'],
    ...['people', 'groups', 'services'].map((ou) => [
      `dn: ou=${ou},${base}`,
      'objectClass: organizationalUnit',
      `ou: ${ou}`,
    ]),
    [
      `dn: ${reader.dn}`,
      ...['objectClass: organizationalRole', 'objectClass: simpleSecurityObject', 'cn: vault'],
      `userPassword: ${hashed(reader.password)}`,
    ],
    ...people.map(({ uid, password }) => [
      `dn: uid=${uid},ou=people,${base}`,
      ...['objectClass: inetOrgPerson', `uid: ${uid}`, `cn: ${uid}`, `sn: ${uid}`],
      `userPassword: ${hashed(password)}`,
    ]),
    ...Object.entries(groups).map(([name, members]) => [
      `dn: cn=${name},ou=groups,${base}`,
      ...['objectClass: groupOfNames', `cn: ${name}`],
      ...members.map((uid) => `member: uid=${uid},ou=people,${base}`),
    ]),
  ];
  return entries.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** As `slappasswd` does it. */
function hashed(password: string): string {
  const salt = randomBytes(8);
  const digest = createHash('sha1').update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
}

const answers = (port: number, ca: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = tls.connect({ port, host: '127.0.0.1', ca }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
