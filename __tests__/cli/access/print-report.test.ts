import { stripVTControlCharacters } from 'node:util';

import { diffReport } from '../../../access/report/diff-report';
import { printReport } from '../../../cli/access/print-report';
import { exampleComparison } from '../../support/access/example-comparison';

const names = { before: 'main', after: 'the inventory' };
const printed = (teams: number): string =>
  stripVTControlCharacters(printReport(diffReport([exampleComparison(teams, 2, ['devel', 'prod'])], names)));

describe('a report in a terminal', () => {
  it('shows verdict, danger, access, a path of it and the line of the inventory', () => {
    const text = printed(2);
    expect(text).toMatch(/^main → the inventory\n\d+ principals gain access\./);
    expect(text).toContain(
      'critical payments/checkout devel approle checkout-devel-rw-role\n           read, update sys/policies/acl/*',
    );
    expect(text).toContain(
      'for example sys/policies/acl/example: checkout-devel-ops:5, inventory/tenants/payments/checkout.yaml:21',
    );
  });

  it('puts what is alike together', () => {
    const text = printed(100);
    expect(text).toMatch(/, and \d+ alike\n/);
    expect(text.split('\n').length).toBeLessThan(100);
  });
});
