import { code, codeBlock, oneLine, prose } from '../../../access/report/escape-markdown';
import { markdownLimit, markdownReport } from '../../../access/report/markdown';
import { exampleEntry, exampleGrant, exampleHolder, exampleReport, without } from './example-entry';

const stanza = { ...exampleGrant().stanza, policy: 'ops', path: 'sys/*', line: 1, text: 'path "sys/*" {}' };
const platform = { id: 'cert:cert/certs/ops', kind: 'cert', mount: 'cert', name: 'ops', presence: 'added' } as const;
const critical = exampleEntry(
  {
    holder: { ...platform, cluster: 'non_prod' },
    verbs: ['read', 'write'],
    what: 'sys/*',
    within: ['sys/+/x', '+/y'],
    except: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `sys/${name}`),
    grants: [
      exampleGrant({ witness: 'sys/x', stanza, conditions: ['requires a', 'wrapped'] }),
      exampleGrant({ operation: 'update', witness: 'sys/y', stanza, conditions: ['wrapped'] }),
      exampleGrant({ operation: 'create', witness: 'sys/z', stanza: { ...stanza, policy: 'root', line: 1, text: '' } }),
    ],
  },
  { level: 'critical', text: 'changes policies' },
  { level: 'medium', text: 'writes' },
);
const wholePath = without(critical, 'where');
const alike = Array.from({ length: 13 }, (__, index) =>
  exampleEntry({ holder: exampleHolder({ id: `r${index}`, name: `r${index}` }) }),
);

describe('a report in Markdown, word by word', () => {
  it('says who gains and loses what, why it matters, and which stanzas grant it', () => {
    const text = markdownReport(
      exampleReport(
        [
          wholePath,
          exampleEntry({ holder: exampleHolder({ presence: 'removed' }) }, { level: 'high', text: 'creates tokens' }),
          exampleEntry({
            direction: 'changed',
            grants: [exampleGrant({ conditions: ['requires x'], conditionsBefore: ['requires y', 'requires z'] })],
          }),
          exampleEntry({ direction: 'lost', holder: platform, grants: [] }),
        ],
        { gaps: ['mount <x> is unknown', 'mount y is unknown'] },
      ),
    );
    expect(text).toBe(`## Access

> [!CAUTION]
> **2 principals gain access.** 1 critical, 1 high, 1 low. 3 principals compared on all paths and operations. 2 things are not part of the comparison.

\`main\` → \`the inventory\` · 2 gained · 1 changed · 1 lost

> Not compared: mount &lt;x&gt; is unknown

> Not compared: mount y is unknown

| danger | who | gains | why it matters |
| :-- | :-- | :-- | :-- |
| 🔴 critical | cert \`ops\`<br>non\\_prod (new) | read, write \`sys/*\`<br>and matching \`sys/+/x\`, \`+/y\`<br>except \`sys/a\`, \`sys/b\`, \`sys/c\`, \`sys/d\`, \`sys/e\`, and 2 more<br>only if requires a; wrapped | changes policies; writes |
| 🟠 high | **payments/ledger** devel<br>approle \`ledger\` (removed) | read \`ledger/a\` in \`kv\` | creates tokens |

<details><summary>Stanzas that grant it, and a path of each</summary>

**\`ops\`** read, write \`sys/*\`

read \`sys/x\`, update \`sys/y\`: \`ops:1\`, \`ledger.yaml:7\`

\`\`\`hcl
path "sys/*" {}
\`\`\`

create \`sys/z\`: \`root:1\`, \`ledger.yaml:7\`

**\`ledger\`** read \`ledger/a\` in \`kv\`

read \`kv/data/ledger/a\`: \`ledger-ro:3\`, \`ledger.yaml:7\`

\`\`\`hcl
path "kv/data/ledger/a" {
  capabilities = ["read"]
}
\`\`\`


</details>

<details><summary>1 under other conditions</summary>

| danger | who | can still, under other conditions | why it matters |
| :-- | :-- | :-- | :-- |
| ⚪ low | **payments/ledger** devel<br>approle \`ledger\` | read \`ledger/a\` in \`kv\`<br>only if requires x<br>before only if requires y; requires z |  |

</details>

<details><summary>1 lost</summary>

| danger | who | loses | why it matters |
| :-- | :-- | :-- | :-- |
| ⚪ low | cert \`ops\` (new) | read \`ledger/a\` in \`kv\` |  |

</details>

<details><summary>Stanzas of everything else</summary>

**\`ledger\`** read \`ledger/a\` in \`kv\`

read \`kv/data/ledger/a\`: \`ledger-ro:3\`, \`ledger.yaml:7\`

\`\`\`hcl
path "kv/data/ledger/a" {
  capabilities = ["read"]
}
\`\`\`

**\`ops\`** read \`ledger/a\` in \`kv\`


</details>
`);
  });

  it('says once what principals gain alike, and names ten of them', () => {
    const text = markdownReport(exampleReport(alike));
    expect(text).toContain('> [!WARNING]\n');
    expect(text).toContain(
      '<details><summary>13 gained</summary>\n\n| danger | who | gains | why it matters |\n| :-- | :-- | :-- | :-- |\n',
    );
    expect(text).toContain('<br>approle `r0` and 12 others alike | read');
    expect(text).toContain('\n\nAlike: `r1`, `r2`, `r3`, `r4`, `r5`, `r6`, `r7`, `r8`, `r9`, `r10`, and 2 more.\n\n');
    expect(markdownReport(exampleReport(alike.slice(0, 2)))).toMatch(
      /`r0` and 1 other alike \|[^]*\n\nAlike: `r1`\.\n\n/,
    );
    expect(markdownReport(exampleReport(alike.slice(0, 11)))).toContain('`r10`.\n');
    expect(markdownReport(exampleReport(alike.slice(0, 1)))).not.toMatch(/alike|Alike/);
    expect(markdownReport(exampleReport([critical, ...alike]))).toContain(
      '<summary>Less dangerous: 13 gained</summary>',
    );
  });

  it('has all exceptions if they are few, and a stanza without a place', () => {
    const except = ['a', 'b', 'c', 'd', 'e'];
    const unplaced = without(stanza, 'source');
    const text = markdownReport(exampleReport([{ ...critical, except, grants: [exampleGrant({ stanza: unplaced })] }]));
    expect(text).toContain('<br>except `a`, `b`, `c`, `d`, `e` | changes');
    expect(text).toContain('read `kv/data/ledger/a`: `ops:1`\n\n```hcl');
  });

  it('on the access itself is no warning, and compares nothing', () => {
    const report = without(exampleReport([{ ...critical, direction: 'held' }], { kind: 'access' }), 'before');
    expect(markdownReport(report)).toContain(
      '> [!TIP]\n> **3 principals, 1 permission.** 1 critical.\n\n`the inventory`\n\n| danger |',
    );
  });

  it('has at most ten gaps', () => {
    const gaps = Array.from({ length: 12 }, (__, index) => `gap ${index}.`);
    expect(markdownReport(exampleReport([], { gaps })).match(/> Not compared: gap \d/g)).toHaveLength(10);
  });

  it('is not critical if only conditions become narrower', () => {
    const narrower = { ...critical, direction: 'changed', isNarrower: true } as const;
    expect(markdownReport(exampleReport([narrower]))).toContain('> [!TIP]\n> **No access is widened.**');
  });
});

describe('a report that does not fit into a comment', () => {
  it('leaves out whole rows, and counts them by what happens to the access', () => {
    const large = (direction: 'gained' | 'changed' | 'lost', index: number): ReturnType<typeof exampleEntry> =>
      exampleEntry({ direction, what: `${index}${'x'.repeat(6000)}` });
    const entries = (['gained', 'changed', 'lost'] as const).flatMap((direction) =>
      Array.from({ length: 9 }, (__, index) => large(direction, index)),
    );
    const text = markdownReport(exampleReport(entries));
    const shown = text.split('\n').filter((line) => line.startsWith('| ⚪'));
    expect(text.endsWith('\n')).toBe(true);
    expect(/\nLeft out, .*/.exec(text)?.[0]).toBe(
      '\nLeft out, because a comment has at most 65,536 characters: **4 gained, 7 changed, 8 lost**. The other formats have everything.',
    );
    // Half of the room for each of the parts: what is gained, under other conditions, and lost.
    expect(shown).toHaveLength(27 - 4 - 7 - 8);
  });

  it('has a row that takes exactly half of the room, and not one with a character more', () => {
    const report = (characters: number): string =>
      markdownReport(exampleReport([exampleEntry({ direction: 'lost', what: 'x'.repeat(characters), grants: [] })]));
    const short = report(1);
    const heading = short.indexOf('\n<details>');
    const rows = short.slice(0, short.indexOf('\n<details><summary>Stanzas')).length;
    // 600 characters are kept for the count of what is left out.
    const most = Math.floor(heading + (markdownLimit - 600 - heading) / 2) - rows + 1;
    expect(report(most)).not.toContain('Left out');
    expect(report(most + 1)).toContain('**1 lost**');
  });
});

describe('text in Markdown', () => {
  it.each([
    ['a\u0000b\u2028c\u007f\u001f', 'a\\u0000b\\u2028c\\u007f\\u001f'],
    ['ü ~', 'ü ~'],
  ])('%j is one line: %s', (text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  it.each([
    ['', '`  `'],
    ['a', '`a`'],
    [' a', '`  a `'],
    ['a ', '` a  `'],
    ['a`', '`` a` ``'],
    ['a``b`c', '```a``b`c```'],
    ['a b', '`a b`'],
  ])('%j is the code %s', (text, shown) => {
    expect(code(text)).toBe(shown);
  });

  it('has no marks in a sentence', () => {
    expect(prose('\\`*_{}[]#|~@!&<>\n.')).toBe('\\\\\\`\\*\\_\\{\\}\\[\\]\\#\\|\\~\\@\\!&amp;&lt;&gt;\\\\u000a.');
  });

  it('has a fence that is longer than any in a block', () => {
    expect(codeBlock('a', 'hcl')).toBe('```hcl\na\n```');
    expect(codeBlock('```\na\n```', '')).toBe('````\n```\na\n```\n````');
  });
});
