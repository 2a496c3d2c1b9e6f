import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { PlatformError } from '../../../model/errors';
import type { KafkaProgram } from '../program/kafka-program';

/** How a Java process checks revocation. */
export interface Revocation {
  /**
   * A store of {@link pinCertificates}, with the certificates of the servers that serve revocation lists over HTTPS.
   * @default - lists are fetched over HTTP
   */
  readonly pinnedServersFile?: string;
}

export interface JavaOptions {
  /** Maximum heap, for example `256m`. */
  readonly heap: string;
  readonly revocation: Revocation;
}

/**
 * Arguments of the Java virtual machine. Certificates of the peer and of its authorities are checked against the revocation
 * lists that they name. If a list is unavailable, the certificate is refused. A list older than 30 seconds is fetched again.
 *
 * @see https://docs.oracle.com/en/java/javase/17/security/java-pki-programmers-guide.html
 */
export function javaArguments({ heap, revocation }: JavaOptions): string[] {
  return [
    `-Xmx${heap}`,
    '-Dcom.sun.net.ssl.checkRevocation=true',
    '-Dcom.sun.security.enableCRLDP=true',
    // A resumed session is not checked again: a client with a ticket could connect for a day after its revocation.
    '-Djdk.tls.server.disableExtensions=pre_shared_key,psk_key_exchange_modes,session_ticket',
    ...(revocation.pinnedServersFile === undefined
      ? []
      : [`-Djavax.net.ssl.trustStore=${revocation.pinnedServersFile}`, '-Djavax.net.ssl.trustStoreType=PKCS12']),
    // Logs why a certificate was refused.
    '-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.network.SslTransportLayer=debug',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
  ];
}

/** Reasons why certificates were refused, oldest first, for example `Certificate has been revoked, reason: UNSPECIFIED, …`. */
export const refusalsIn = (log: string): string[] => [...log.matchAll(refusal)].map(([, reason = '']) => reason);

const refusal = /^javax\.net\.ssl\.SSLHandshakeException: (?:.*CertPathValidatorException: )?(.*)$/gm;

/** Arguments of a short-lived tool: it starts twice as fast without optimisations for long-running programs. */
export const briefly = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];

/** Arguments with the class path and the main class. */
export const mainClass = ({ libs }: KafkaProgram, name: string): string[] => ['-cp', path.join(libs, '*'), name];

/**
 * Writes a store for {@link Revocation.pinnedServersFile}. It contains the servers' own certificates, not that of their
 * authority: otherwise Java would also check the revocation of the servers, before it has a list, and refuse them.
 *
 * @param certificates - one PEM certificate each
 * @throws PlatformError `cluster` if `keytool`, which is part of Java, fails
 */
export async function pinCertificates(
  program: KafkaProgram,
  file: string,
  certificates: readonly string[],
): Promise<void> {
  const temporary = mkdtempSync(path.join(path.dirname(file), '.pin-'));
  try {
    for (const [index, certificate] of certificates.entries()) {
      const source = path.join(temporary, `${index}.pem`);
      writeFileSync(source, certificate);
      // Certificates are public: without protection, Java needs no password.
      const open = ['certProtectionAlgorithm', 'macAlgorithm'].map((name) => `-J-Dkeystore.pkcs12.${name}=NONE`);
      const store = ['-keystore', file, '-storetype', 'PKCS12', '-storepass', 'unused'];
      const result = await execa(
        path.join(path.dirname(program.path), 'keytool'),
        [...open, '-importcert', '-noprompt', '-alias', `server-${index}`, '-file', source, ...store],
        { all: true, env: { LC_ALL: 'C' }, extendEnv: false, reject: false, stdin: 'ignore' },
      );
      if (result.failed) {
        throw new PlatformError('cluster', [
          {
            message: 'a certificate store for Java cannot be created',
            given: result.all === '' ? (result.originalMessage ?? 'keytool failed') : result.all,
            fix: 'check that keytool is in the folder of java',
          },
        ]);
      }
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
