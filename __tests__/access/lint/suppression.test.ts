import type { Finding } from '../../../access/lint/finding';
import { applySuppressions, type Suppression } from '../../../access/lint/suppression';

const finding: Finding = {
  rule: 'dead-stanza',
  severity: 'warning',
  message: 'a finding',
  policy: 'team',
  principal: 'approle:approle/role/team',
};
const ofNothing: Suppression = { rule: 'dead-stanza', reason: 'tested', until: '2026-01-15' };
const suppression: Suppression = { ...ofNothing, policy: 'team' };
const lastMoment = Date.parse('2026-01-15T23:59:59.999Z');

const apply = (changes: Partial<Suppression>, now = lastMoment) =>
  applySuppressions([finding], [{ ...suppression, ...changes }], now);

describe('a suppression', () => {
  it.each<Partial<Suppression>>([
    {},
    { principal: 'approle:approle/role/team' },
    { reason: ' tested ' },
    // The last day itself counts.
    { until: '2027-01-01' },
  ])('with %j leaves the finding out', (changes) => {
    expect(apply(changes)).toEqual({ findings: [], suppressed: 1 });
  });

  it('of a principal is enough', () => {
    const byPrincipal = { ...ofNothing, principal: 'approle:approle/role/team' };
    expect(applySuppressions([finding], [byPrincipal], lastMoment).suppressed).toBe(1);
    expect(applySuppressions([finding], [{ ...byPrincipal, principal: 'other' }], lastMoment).suppressed).toBe(0);
  });

  it.each<[changes: Partial<Suppression>, severity: Finding['severity'], message: string]>([
    [{ rule: 'dead-deny' }, 'note', 'the suppression of dead-deny for team suppresses nothing: delete it'],
    [{ policy: 'other' }, 'note', 'the suppression of dead-stanza for other suppresses nothing: delete it'],
    [{ principal: 'other' }, 'note', 'the suppression of dead-stanza for team and other suppresses nothing: delete it'],
    [
      { reason: ' ' },
      'error',
      'the suppression of dead-stanza for team needs a reason and a last day such as 2030-01-31',
    ],
    ...['2026-1-15', '2026-13-01', 'x2026-01-15', '2026-01-15x', 'soon'].map(
      (until): [Partial<Suppression>, Finding['severity'], string] => [
        { until },
        'error',
        'the suppression of dead-stanza for team needs a reason and a last day such as 2030-01-31',
      ],
    ),
  ])('with %j counts for nothing, which is a finding: %s', (changes, severity, message) => {
    expect(apply(changes)).toEqual({ findings: [{ rule: 'suppression', severity, message }, finding], suppressed: 0 });
  });

  it('of neither a policy nor a principal covers nothing', () => {
    const { findings, suppressed } = applySuppressions([finding], [ofNothing], lastMoment);
    expect(suppressed).toBe(0);
    expect(findings[0]?.message).toBe('the suppression of dead-stanza for nothing suppresses nothing: delete it');
  });

  it('expires with its last day, in UTC', () => {
    expect(apply({}, lastMoment).suppressed).toBe(1);
    expect(apply({}, lastMoment + 1)).toEqual({
      findings: [
        {
          rule: 'suppression',
          severity: 'warning',
          message: 'the suppression of dead-stanza for team expired on 2026-01-15: fix the finding, or decide again',
        },
        finding,
      ],
      suppressed: 0,
    });
  });

  it('leaves other findings', () => {
    const other = { ...finding, rule: 'dead-deny' };
    expect(applySuppressions([other, finding], [suppression], lastMoment)).toEqual({
      findings: [other],
      suppressed: 1,
    });
  });
});
