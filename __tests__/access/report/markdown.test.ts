import { diffReport } from '../../../access/report/diff-report';
import type { Report } from '../../../access/report/entry';
import { markdownLimit, markdownReport } from '../../../access/report/markdown';
import { exampleComparison, pathClass, placedPolicy, principalChange } from '../../support/access/example-comparison';

const names = { before: 'main', after: 'the inventory' };
const example = (teams: number): Report => diffReport([exampleComparison(teams, 2, ['devel', 'prod'])], names);

/** A principal without a tenant that gains a path. */
function gains(path: string, role = 'reader'): Report {
  const policy = placedPolicy('p', { [path]: ['read'] });
  const id = `approle:approle/role/${role}`;
  const model = {
    server: 'vault-2' as const,
    policies: new Map([['p', policy]]),
    principals: [{ id, kind: 'approle' as const, mount: 'approle', name: role, policies: ['p'] }],
    mounts: [],
  };
  const change = principalChange(id, { read: { gained: [pathClass(path, policy)] } });
  return diffReport([{ before: { model }, after: { model }, changes: [change] }], names);
}

describe('a report in Markdown', () => {
  it('begins with the verdict and the most dangerous access', () => {
    const text = markdownReport(example(2));
    expect(text.split('\n').slice(0, 5).join('\n')).toMatch(
      /^## Access\n\n> \[!CAUTION\]\n> \*\*\d+ principals gain access\\?\.\*\*/,
    );
    expect(text.indexOf('🔴 critical')).toBeLessThan(text.indexOf('🟡 medium'));
    expect(text).toContain(
      'read, write, delete the latest version of `*` in `v1/devel/kv`<br>except `checkout/configs`',
    );
    expect(text).toContain('```hcl\npath "sys/policies/acl/*" {\n  capabilities = ["read", "update"]\n}\n```');
    expect(text).toContain('`checkout-devel-ops:5`, `inventory/tenants/payments/checkout.yaml:21`');
  });

  it('folds what is less dangerous, and closes every fold', () => {
    const text = markdownReport(example(2));
    const [open] = text.split('<details>');
    expect(open).toContain('🔴 critical');
    expect(open).not.toContain('🟡 medium');
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it('says once what many principals gain alike', () => {
    const text = markdownReport(example(100));
    expect(text).toMatch(/and \d+ others alike/);
    expect(text.length).toBeLessThan(20_000);
  });

  it('stays within the limit of a comment and counts what it leaves out', () => {
    const { entries, ...rest } = example(400);
    const different = entries.map((entry, index) => ({ ...entry, what: `folder-${index}/*` }));
    const text = markdownReport({ ...rest, entries: different });
    expect(text.length).toBeLessThanOrEqual(markdownLimit);
    expect(text).toMatch(/Left out, .*\*\*\d+ gained, \d+ changed, \d+ lost\*\*/);
    expect(text).toContain('sys/policies/acl/*');
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it('stays within the limit with a path that alone is too long', () => {
    expect(markdownReport(gains(`secret/${'x'.repeat(70_000)}`)).length).toBeLessThanOrEqual(markdownLimit);
  });

  it.each([
    ['a|b', '`a\\|b`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['<img src=x>', '`<img src=x>`'],
    ['a\nb', '`a\\u000ab`'],
    ['@someone', '`@someone`'],
  ])('shows the path %j literally', (path, shown) => {
    const text = markdownReport(gains(path));
    expect(text).toContain(`read ${shown}`);
    const tableRow = text.split('\n').find((line) => line.startsWith('| 🟡') || line.startsWith('| ⚪'));
    expect(tableRow?.replaceAll('\\|', '').match(/\|/g)).toHaveLength(5);
  });

  it('states that no access is widened', () => {
    const comparison = exampleComparison(1, 2, ['devel']);
    const text = markdownReport(diffReport([{ ...comparison, changes: [] }], names));
    expect(text).toContain(
      '> [!TIP]\n> **No access is widened.** Proven for 2 principals on all paths and operations.',
    );
  });

  it('does not state it if conditions change', () => {
    const comparison = exampleComparison(1, 4, ['devel']);
    const changes = comparison.changes.filter(({ operations }) =>
      operations.some((each) => each.conditionsChanged.length > 0),
    );
    const text = markdownReport(diffReport([{ ...comparison, changes }], names));
    expect(text).toContain('No path is gained, but conditions change.');
    expect(text).not.toContain('No access is widened');
  });
});
