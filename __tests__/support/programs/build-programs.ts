import { Toolbox } from '../../../local/toolbox/toolbox';
import { PlatformError } from '../../../model/errors';
import { rcloneProgram } from '../aws/rclone-program';
import { haproxyIngressProgram } from '../ingress/haproxy-ingress-program';
import { traefikProgram } from '../ingress/traefik-program';
import { testProgram } from './go-programs';

/** Builds what end-to-end tests need and would otherwise build themselves, one after the other. */
async function main(): Promise<void> {
  const progress = (message: string): boolean => process.stderr.write(`${message}\n`);
  for (const program of [haproxyIngressProgram, rcloneProgram, traefikProgram]) await testProgram(program, progress);
  await new Toolbox({ environment: process.env, projectDirectory: process.cwd() }).providers(progress, ['kubernetes']);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof PlatformError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
