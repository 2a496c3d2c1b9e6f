import path from 'node:path';

import { Toolbox } from '../../../local/toolbox/toolbox';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/dialect';
import { kubernetesLabMissing, type KubernetesLab } from '../kubernetes/kubernetes';
import { missingPostgresqlPrograms, postgresqlPrograms } from '../postgresql/postgresql-programs';
import { systemProgram } from '../programs/programs';

/** What scripts in the pods may use, as the real images have it. */
const tools = 'sh bash cat sha256sum date env head kill ls mv rm sleep stat tail timeout tr wc xargs'.split(' ');

/** Why servers cannot be deployed here; undefined if they can. */
export const serversMissing = (dialect: Dialect): string | undefined =>
  kubernetesLabMissing() ?? (dialects[dialect].createsTables ? undefined : missingPostgresqlPrograms);

/** Gives the cluster an image of the toolbox's program with a shell, under the names that the real ones have. */
export async function loadServerImage(lab: KubernetesLab, dialect: Dialect, ...names: string[]): Promise<void> {
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const { path: program } = await toolbox.server(dialect, () => undefined);
  const { binary, image } = dialects[dialect];
  const programs = { [`bin/${binary}`]: program, ...shell };
  for (const name of names.length === 0 ? [image] : names) await lab.loadImage(`docker.io/${name}`, programs);
}

/** The same with the client of PostgreSQL, for servers that do not make their tables themselves. */
export async function loadClientImage(lab: KubernetesLab, name: string): Promise<void> {
  if (postgresqlPrograms === undefined) throw new Error(missingPostgresqlPrograms);
  const psql = path.join(postgresqlPrograms.binDirectory, 'psql');
  await lab.loadImage(`docker.io/library/${name}`, { 'bin/psql': psql, ...shell });
}

const shell = Object.fromEntries(
  tools.flatMap((name) => {
    const file = systemProgram(name);
    return file === undefined ? [] : [[`bin/${name}`, file]];
  }),
) as Readonly<Record<string, string>>;
