import { readFileSync } from 'node:fs';

import { codeBlocks, markdownFiles, promisedOutput, readmeExample, runReadmeExample } from '../support/markdown/readme';
import { fewWhereBrief } from '../support/soak';

/** Those that need programs or servers have a test beside the tests of their module. */
const elsewhere = ['local/cluster/README.md', 'local/toolbox/README.md'];

const readmes = markdownFiles().filter(
  (file) => codeBlocks(readFileSync(file, 'utf8'), 'ts').length > 0 && !elsewhere.includes(file),
);

describe('the examples of the modules', () => {
  it.each(fewWhereBrief(readmes))('%s prints the output in its comments', async (readme) => {
    const promised = promisedOutput(readmeExample(readme));
    expect(promised).not.toBe('');
    expect(await runReadmeExample(readme)).toBe(promised);
  });
});
