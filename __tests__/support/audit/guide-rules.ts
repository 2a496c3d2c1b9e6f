import { readFileSync } from 'node:fs';

import { execa } from 'execa';

const guide = readFileSync('docs/guides/security.md', 'utf8');

/** What the guide's command prints for an audit log: who wrote what belongs to Terraform, `<name> <operation> <path>`. */
export async function writesByOthers(log: string): Promise<string[]> {
  const [, program = ''] = /jq -r '(select\(\.type == "response" and \(\.error[^']+)' audit\.log/.exec(guide) ?? [];
  const { stdout } = await execa('jq', ['-r', program], { input: log });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(line.indexOf(' ') + 1));
}
