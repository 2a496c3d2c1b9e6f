import { readFileSync } from 'node:fs';
import path from 'node:path';

import { goProgram } from '../../../local/toolbox/go-program';
import { World } from '../../local/toolbox/fixture';
import { haproxyIngressProgram } from '../ingress/haproxy-ingress-program';
import { traefikProgram } from '../ingress/traefik-program';

let world: World;
beforeEach(() => (world = new World()));
afterEach(() => world.remove());

test.each([traefikProgram, haproxyIngressProgram])(
  '$name is built without C, from the pinned module and what its own go.mod replaces',
  async (program) => {
    const { source } = program;
    world.program(
      'go',
      `case "$1" in
version) echo go version go1.26.8 linux/amd64;;
mod) echo '{"Sum": "${source.sum}"}';;
build) /usr/bin/env > ${world.root}/env; /bin/cp go.mod ${world.root}; while [ "$1" != -o ]; do shift; done; echo built > "$2";;
esac`,
    );
    expect(await goProgram(program, world.context())).toMatchObject({ version: program.version, origin: 'installed' });
    const environment = readFileSync(path.join(world.root, 'env'), 'utf8').split('\n');
    expect(environment).toContain('CGO_ENABLED=0');
    // The checksum database is asked about everything but what it cannot know.
    expect(environment).toContain(`GONOSUMDB=${source.notInChecksumDatabase === true ? source.module : ''}`);
    const module = readFileSync(path.join(world.root, 'go.mod'), 'utf8');
    expect(module).toContain(`require ${source.module} ${source.version}\n`);
    expect(module.match(/^(replace|exclude) .*$/gm) ?? []).toEqual(source.goMod ?? []);
  },
);
