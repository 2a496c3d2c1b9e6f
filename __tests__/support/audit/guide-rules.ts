import { readFileSync } from 'node:fs';

import { execa } from 'execa';
import { parse } from 'yaml';

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

/** The guide's rule for Loki, in LogQL. */
export function lokiRule(): string {
  const start = guide.indexOf('groups:\n  - name: provisioner');
  const text = guide.slice(start, guide.indexOf('```', start));
  const { groups = [] } = parse(text) as {
    readonly groups?: readonly { readonly rules: readonly { expr: string }[] }[];
  };
  return groups[0]?.rules[0]?.expr ?? '';
}
