import { Toolbox } from '../../../local/toolbox/toolbox';
import { dialects } from '../../../model/dialect';
import type { Dialect } from '../../../model/inventory';
import type { KubernetesLab } from '../kubernetes';
import { systemProgram } from '../services/programs';

/** What scripts in the pods may use, as the real images have it. */
const tools = 'sh bash cat sha256sum date env head kill ls mv rm sleep stat tail timeout tr wc xargs'.split(' ');

/** Gives the cluster an image of the toolbox's program with a shell, under the names that the real ones have. */
export async function loadServerImage(lab: KubernetesLab, dialect: Dialect, ...names: string[]): Promise<void> {
  const toolbox = new Toolbox({ environment: process.env, projectDirectory: process.cwd() });
  const { path: program } = await toolbox.server(dialect, () => undefined);
  const { binary, image } = dialects[dialect];
  const programs = { [`bin/${binary}`]: program, ...Object.fromEntries(tools.flatMap(found)) };
  for (const name of names.length === 0 ? [image] : names) await lab.loadImage(`docker.io/${name}`, programs);
}

const found = (name: string): [string, string][] => {
  const file = systemProgram(name);
  return file === undefined ? [] : [[`bin/${name}`, file]];
};
