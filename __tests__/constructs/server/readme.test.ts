import { runReadmeExample } from '../../support/readme';

test('the example of the README runs', async () => {
  expect(await runReadmeExample('constructs/server/README.md')).toMatch(/^28 {\n {2}"cluster_name": "nonprod"/);
});
