import { createHash } from 'node:crypto';

import type { Report } from '../../../access/report/entry';
import { htmlReport } from '../../../access/report/html';
import { exampleEntry, exampleGrant, exampleHolder, exampleReport, owner, without } from './example-entry';

/** Text between two others that occur once each. */
function between(text: string, start: string, end: string): string {
  const [, rest = ''] = text.split(start);
  return rest.split(end)[0] ?? '';
}
const dataOf = (report: Report): Record<string, unknown> =>
  JSON.parse(between(htmlReport(report), '<script type="application/json" id="data">', '</script>')) as Record<
    string,
    unknown
  >;

const critical = exampleEntry({}, { level: 'critical', text: 'changes <policies>' }, { level: 'high', text: 'writes' });
const wholePath = without(exampleEntry({ direction: 'lost', area: 'sys', what: 'sys/x', except: ['sys/y'] }), 'where');

describe('the page of a report', () => {
  const report = exampleReport([critical, exampleEntry({ direction: 'changed' }), wholePath], {
    before: '"<main>" & x',
  });
  const page = htmlReport(report);

  it('permits its own style and script, and nothing else', () => {
    const digest = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const style = between(page, '<style>', '</style>');
    const script = between(page, '<script>', '</script>');
    expect(between(page, 'Content-Security-Policy" content="', '">')).toBe(
      `default-src 'none'; style-src '${digest(style)}'; script-src '${digest(script)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(script).toMatch(/^'use strict';/);
  });

  it('has the verdict and what is compared, as text', () => {
    expect(page).toContain('<title>Access: 1 principal gains access.</title>');
    expect(page).toContain(
      '<p class="eyebrow">Access of <b>&quot;&lt;main&gt;&quot; &amp; x</b> → <b>the inventory</b></p><h1>1 principal gains access.</h1><p class="detail">1 critical, 1 low. 3 principals compared on all paths and operations.</p>',
    );
  });

  it('has a button for each danger and each direction, with numbers', () => {
    expect(between(page, 'aria-label="Filter by danger">', '\n')).toBe(
      '<button type="button" class="level critical" data-level="critical" aria-pressed="true"><strong>1</strong><span>critical</span></button>' +
        '<button type="button" class="level high" data-level="high" aria-pressed="true" disabled><strong>0</strong><span>high</span></button>' +
        '<button type="button" class="level medium" data-level="medium" aria-pressed="true" disabled><strong>0</strong><span>medium</span></button>' +
        '<button type="button" class="level low" data-level="low" aria-pressed="true"><strong>1</strong><span>low</span></button></div>',
    );
    expect(between(page, 'aria-label="Filter by direction">', '\n')).toBe(
      '<button type="button" data-direction="all" aria-pressed="true">All<i>3</i></button>' +
        '<button type="button" data-direction="gained" aria-pressed="false">Gained<i>1</i></button>' +
        '<button type="button" data-direction="changed" aria-pressed="false">Changed<i>1</i></button>' +
        '<button type="button" data-direction="lost" aria-pressed="false">Lost<i>1</i></button></div>',
    );
  });

  it('of the access itself has no directions, and no claim to be safe', () => {
    const rest = without(report, 'before');
    const access = htmlReport({ ...rest, kind: 'access', entries: [{ ...critical, direction: 'held' }] });
    expect(access).toContain('Access of <b>the inventory</b></p><h1>3 principals, 1 permission.</h1>');
    expect(access).toContain('</div>\n\n<div class="status"');
    expect(access).not.toContain('data-direction="');
  });

  it('says that no access is widened', () => {
    expect(htmlReport(exampleReport([wholePath]))).toContain('<h1 class="safe">No access is widened.</h1>');
  });

  it('has JSON that cannot close its element', () => {
    const evil = '</script><!--\u2028\u2029';
    const data = htmlReport(exampleReport([exampleEntry({ what: evil })]));
    expect(data).toContain('"\\u003c/script>\\u003c!--\\u2028\\u2029"');
    expect(JSON.stringify(dataOf(exampleReport([exampleEntry({ what: evil })])))).toContain(JSON.stringify(evil));
  });
});

describe('the data of the page', () => {
  it('are the entries, with what repeats written once', () => {
    const grant = exampleGrant();
    const stanza = without(grant.stanza, 'source');
    const changed = exampleEntry({
      direction: 'changed',
      verbs: ['read', 'list'],
      holder: exampleHolder({ presence: 'added' }),
      grants: [
        exampleGrant({ conditions: ['wrapped'], conditionsBefore: ['requires x'], within: ['+/a'], except: ['kv/b'] }),
        exampleGrant({ operation: 'list', stanza: { ...stanza, line: 4 } }),
      ],
    });
    expect(dataOf(exampleReport([critical, changed, wholePath]))).toEqual({
      kind: 'diff',
      areas: ['sys', 'kv'],
      texts: ['read', 'kv', 'changes <policies>', 'writes', 'read, list'],
      holders: [
        {
          ...{ id: 'approle:approle/role/ledger', kind: 'approle', name: 'ledger', cluster: '', presence: 'both' },
          ...{ owned: true, ...owner },
        },
        {
          ...{ id: 'approle:approle/role/ledger', kind: 'approle', name: 'ledger', cluster: '', presence: 'added' },
          ...{ owned: true, ...owner },
        },
      ],
      stanzas: [
        { policy: 'ledger-ro', line: 3, text: grant.stanza.text, place: 'ledger.yaml:7' },
        { policy: 'ledger-ro', line: 4, text: grant.stanza.text },
      ],
      entries: [
        [
          ...[0, 1, 'gained', 0, 0, 'ledger/a', 1, [], []],
          [
            [0, 2],
            [1, 3],
          ],
          [['read', grant.include, [], grant.witness, [], 0, [], []]],
        ],
        [
          ...[1, 1, 'changed', 3, 4, 'ledger/a', 1, [], [], []],
          [
            ['read', grant.include, ['kv/b'], grant.witness, ['wrapped'], 0, ['+/a'], ['requires x']],
            ['list', grant.include, [], grant.witness, [], 1, [], []],
          ],
        ],
        [
          0,
          0,
          'lost',
          3,
          0,
          'sys/x',
          -1,
          [],
          ['sys/y'],
          [],
          [['read', grant.include, [], grant.witness, [], 0, [], []]],
        ],
      ],
    });
  });

  it('keep apart what differs in one property', () => {
    const { stanza } = exampleGrant();
    const stanzas = [stanza, { ...stanza, policy: 'x' }, { ...stanza, path: 'x' }, { ...stanza, text: 'x' }, stanza];
    const holders = [exampleHolder(), exampleHolder({ cluster: 'prod' }), exampleHolder({ id: 'x' })];
    const entries = stanzas.map((each, index) =>
      exampleEntry({ holder: holders[index] ?? exampleHolder(), grants: [exampleGrant({ stanza: each })] }),
    );
    const data = dataOf(exampleReport(entries));
    expect(data.stanzas).toHaveLength(4);
    expect(data.holders).toHaveLength(3);
  });

  it('have the cluster and the mount of what belongs to no tenant', () => {
    const platform = { id: 'x', kind: 'cert', mount: 'cert', name: 'ops', presence: 'both' } as const;
    const source = { address: 'vault_cert.ops' };
    const holders = [{ ...platform, cluster: 'prod', source }, platform].map((holder) => exampleEntry({ holder }));
    const common = {
      id: 'x',
      kind: 'cert',
      name: 'ops',
      presence: 'both',
      owned: false,
      tenant: 'cert',
      environment: '',
    };
    expect(dataOf(exampleReport(holders)).holders).toEqual([
      { ...common, cluster: 'prod', team: 'no team (prod)', place: 'vault_cert.ops' },
      { ...common, cluster: '', team: 'no team' },
    ]);
  });

  it('have first the areas where access leads to more access', () => {
    const areas = ['kv', 'auth/b', 'a', 'identity', '*', 'sys', 'auth/a', 'authx'];
    expect(dataOf(exampleReport(areas.map((area) => exampleEntry({ area })))).areas).toEqual([
      '*',
      'sys',
      'identity',
      'auth/a',
      'auth/b',
      'a',
      'authx',
      'kv',
    ]);
  });
});
