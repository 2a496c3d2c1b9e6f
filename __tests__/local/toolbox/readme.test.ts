import { runReadmeExample } from '../../support/markdown/readme';
import { World } from './fixture';

let world: World;
beforeEach(() => (world = new World()));
afterEach(() => world.remove());

test('the example of the README runs', async () => {
  const terraform = world.program('terraform', 'echo Terraform v1.11.4');
  const options = { environment: world.environment(), extendEnvironment: false };
  const printed = await runReadmeExample('local/toolbox/README.md', options);
  expect(printed).toBe(`Terraform 1.11.4 at ${terraform} (path)`);
});
