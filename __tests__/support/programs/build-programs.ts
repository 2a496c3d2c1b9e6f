import { Toolbox } from '../../../local/toolbox/toolbox';
import { PlatformError } from '../../../model/errors';
import { rcloneProgram } from '../aws/rclone-program';
import { haproxyIngressProgram } from '../ingress/haproxy-ingress-program';
import { traefikProgram } from '../ingress/traefik-program';
import { testProgram } from './go-programs';

/** Builds what end-to-end tests need and would otherwise build themselves, one after the other: Go uses all processors. */
async function main(): Promise<void> {
  const progress = (message: string): boolean => process.stderr.write(`${message}\n`);
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const builds: (() => Promise<unknown>)[] = [
    () => toolbox.providers(progress, ['vault', 'kubernetes']),
    () => toolbox.server('vault', progress),
    ...[haproxyIngressProgram, rcloneProgram, traefikProgram].map((program) => () => testProgram(program, progress)),
  ];
  for (const build of builds) {
    await build().catch((error: unknown) => {
      process.stderr.write(`${error instanceof PlatformError ? error.message : String(error)}\n`);
      process.exitCode = 1;
    });
  }
}

void main();
