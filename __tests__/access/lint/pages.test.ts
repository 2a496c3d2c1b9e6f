import { readdirSync, readFileSync } from 'node:fs';

import type { Finding } from '../../../access/lint/finding';
import { lint } from '../../../access/lint/lint';
import { lintRules } from '../../../access/lint/rules';
import { policyModel, yamlModel } from './example-model';

const folder = 'docs/lints';

/** Findings of the example below a heading of a page. */
const findingsOf = (page: string, heading: string): readonly Finding[] => {
  const match = new RegExp(`^## ${heading}\n\n\`\`\`(hcl|yaml)\n([^]*?)\`\`\``, 'm').exec(page);
  const [, language, text = ''] = match ?? [];
  expect(text).not.toBe('');
  return lint([language === 'yaml' ? yamlModel(text) : policyModel(text)], { now: 0 }).findings;
};

describe('the pages of the rules', () => {
  it('are one for each rule, with its severity and title', () => {
    const files = readdirSync(folder).filter((file) => file !== 'README.md');
    expect(files.sort()).toEqual(lintRules.map(({ id }) => `${id}.md`).sort());
    const index = readFileSync(`${folder}/README.md`, 'utf8');
    for (const { id, severity, title } of lintRules) {
      const page = readFileSync(`${folder}/${id}.md`, 'utf8');
      expect(page).toContain(`# \`${id}\`: ${title}\n\nSeverity: ${severity}.\n`);
      expect(index.replaceAll(/ +/g, ' ')).toContain(`| [\`${id}\`](${id}.md) | ${severity} | ${title} |`);
    }
  });

  it.each(lintRules.map(({ id }) => id))(
    '%s has a bad example with exactly this finding, and a good one with none',
    (id) => {
      const page = readFileSync(`${folder}/${id}.md`, 'utf8');
      const bad = findingsOf(page, 'Bad');
      expect(bad.map(({ rule }) => rule)).toEqual([id]);
      expect(bad[0]?.message).toMatch(/: \S/);
      expect(findingsOf(page, 'Good')).toEqual([]);
    },
  );
});
