import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { PlatformError } from '../../../model/errors';
import type { KafkaProgram } from '../program/kafka-program';

/** How a Java process sees to it that a revoked certificate is refused. */
export interface Revocation {
  /**
   * A store made by {@link pinCertificates}, with the certificates of the servers that hand out revocation lists over HTTPS.
   * @default - lists are fetched over HTTP
   */
  readonly pinnedServersFile?: string;
}

export interface JavaOptions {
  /** Largest heap, for example `256m`. */
  readonly heap: string;
  readonly revocation: Revocation;
}

/**
 * Arguments of the Java machine. Certificates of the other side, and those of its authorities, are looked up in the lists that
 * they name; where a list cannot be had the certificate is refused. A list is read again once it is 30 seconds old.
 *
 * @see https://docs.oracle.com/en/java/javase/17/security/java-pki-programmers-guide.html
 */
export function javaArguments({ heap, revocation }: JavaOptions): string[] {
  return [
    `-Xmx${heap}`,
    '-Dcom.sun.net.ssl.checkRevocation=true',
    '-Dcom.sun.security.enableCRLDP=true',
    // A session that is resumed is not checked again: who kept a ticket would get in for a day after having been revoked.
    '-Djdk.tls.server.disableExtensions=pre_shared_key,psk_key_exchange_modes,session_ticket',
    ...(revocation.pinnedServersFile === undefined
      ? []
      : [`-Djavax.net.ssl.trustStore=${revocation.pinnedServersFile}`, '-Djavax.net.ssl.trustStoreType=PKCS12']),
    // Says why a certificate was refused.
    '-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.network.SslTransportLayer=debug',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
  ];
}

/** Why certificates were refused, oldest first, for example `Certificate has been revoked, reason: UNSPECIFIED, …`. */
export const refusalsIn = (log: string): string[] => [...log.matchAll(refusal)].map(([, reason = '']) => reason);

const refusal = /^javax\.net\.ssl\.SSLHandshakeException: (?:.*CertPathValidatorException: )?(.*)$/gm;

/** Arguments of a tool that runs for a moment: it starts twice as fast without what only pays later. */
export const briefly = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];

/** Arguments that name the program: its classes, and the one that is started. */
export const mainClass = ({ libs }: KafkaProgram, name: string): string[] => ['-cp', path.join(libs, '*'), name];

/**
 * Writes a store for {@link Revocation.pinnedServersFile}. It holds the servers' own certificates, not their authority's: Java
 * would look up the servers' revocation too, before it has a list, and refuse them.
 *
 * @param certificates - one PEM certificate each
 * @throws PlatformError `cluster` if `keytool`, which comes with Java, does not do it
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
      // Certificates are public: without protection, no password has to be handed to Java.
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
