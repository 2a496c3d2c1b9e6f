import { PlatformError } from '../../../model/errors';
import { testProgram } from './go-programs';
import { haproxyIngressProgram } from './haproxy-ingress-program';
import { rcloneProgram } from './rclone-program';
import { traefikProgram } from './traefik-program';

/** Builds what end-to-end tests need and would otherwise build themselves, one after the other. */
async function main(): Promise<void> {
  for (const program of [haproxyIngressProgram, rcloneProgram, traefikProgram]) {
    await testProgram(program, (message) => process.stderr.write(`${message}\n`));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof PlatformError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
