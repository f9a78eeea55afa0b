import {
  comparison,
  EXPERIMENT,
  failure,
  impact,
  NOW,
  overview,
  replay,
  START,
  test as testAnswer,
} from './answer-fixtures';
import { decisionReport } from './decision-report';

const report = (
  given: {
    test?: ReturnType<typeof testAnswer>;
    replay?: ReturnType<typeof replay>;
    impact?: ReturnType<typeof impact>;
  } = {},
) =>
  decisionReport(
    'checkout',
    { experiment: given.test ?? testAnswer(), replay: given.replay ?? replay() },
    { overview: overview(), impact: given.impact ?? impact() },
    NOW,
  );

const sectionOf = (text: string, title: string) =>
  text.split(/^## /m).find((section) => section.startsWith(title)) ?? '';

test('has the sections a decision is argued from, advice first', () => {
  expect(report().match(/^##? .*$/gm)).toEqual([
    '# Checkout',
    '## Advice',
    '## Verdicts',
    '## Checks',
    '## Replay',
    '## Money',
    '## Provenance',
  ]);
});

test('begins with the verdict in one sentence, the window and the level', () => {
  const head = report().split('## Advice')[0] ?? '';
  expect(head).toContain('> **enhanced wins:** accuracy +3.2 pp');
  expect(head).toContain('2026-03-01 12:00 UTC to 2026-03-15 12:00 UTC, 14.0 days');
  expect(head).toContain('enhanced, mirror (shadow) against baseline');
  expect(head).toContain('🔴 LIVE: MLflow and an operational store answered; away: Prometheus');
  expect(head).toContain('tuned for 1,000,000 requests');
});

test('a verdict row carries values, lift, both intervals, chance, verdict and origin', () => {
  expect(sectionOf(report(), 'Verdicts')).toContain(
    '| Accuracy (goal) | 78.1 % | 81.3 % | +3.2 pp | 2.7…3.8 pp | 2.2…4.3 pp | > 99.9 % better | **Wins** | Prometheus, measured |'.replaceAll(
      /(?<=\d|>) (?=%|pp|\d)/g,
      '\u00a0',
    ),
  );
});

test.each([
  [
    'an invalid test is not compared, and gives no chance either',
    comparison({ verdict: 'invalid' }),
    ['not compared', 'Invalid'],
    ['+3.2', '99.9'],
  ],
  [
    'a guardrail’s chance is the one to stay within its margin, as in the panel',
    comparison({ metric: 'error_rate', guardrail: 'holds', chance_to_win: 0.0005, chance_within_margin: 0.97 }),
    ['97\u00a0% within margin', 'Within margin'],
    ['0.1'],
  ],
  [
    'a guardrail that breaks is said as such',
    comparison({ metric: 'error_rate', guardrail: 'broken' }),
    ['**Breaks margin**', 'margin +0.2'],
    ['Wins'],
  ],
  ['an undecided one does not win', comparison({ verdict: 'inconclusive' }), ['Not decided'], ['Wins']],
  [
    'a missing value is a dash, not zero',
    comparison({ value_variant: null, lift_abs: null, ci_low: null }),
    ['| – |'],
    ['| 0'],
  ],
])('%s', (_, row, present, absent) => {
  const table = sectionOf(report({ test: testAnswer([row]) }), 'Verdicts').split('\n- ')[0] ?? '';
  for (const words of present) {
    expect(table).toContain(words);
  }
  for (const words of absent) {
    expect(table).not.toContain(words);
  }
});

test('checks that failed come before those that hold', () => {
  const checks = sectionOf(report(), 'Checks');
  expect(checks.indexOf('SRM failed')).toBeLessThan(checks.indexOf('Coverage'));
});

test('the replay says when it was decided, thins its rows and keeps the last', () => {
  const section = sectionOf(report(), 'Replay');
  expect(section).toContain('Decided on 2026-03-07 00:00 UTC (day 5).');
  expect(section.match(/^\| 2026/gm)).toHaveLength(8);
  expect(section).toContain('| 2026-03-15 12:00 UTC |');
  expect(section).toContain('2026-03-04 12:00 UTC: split 90/10 → 70/30');
});

test('an undecided replay says so, and a failed one why', () => {
  expect(sectionOf(report({ replay: replay(null) }), 'Replay')).toContain('Not decided so far.');
  expect(sectionOf(report({ replay: failure('No counted traffic.') }), 'Replay')).toContain(
    'There is no replay: No counted traffic.',
  );
});

test('a replay without a counted moment is a sentence, not an empty table', () => {
  const section = sectionOf(report({ replay: replay(null, 0) }), 'Replay');
  expect(section).toContain('There is no replay: nothing was counted over time.');
  expect(section).not.toContain('|');
});

test.each([
  ['an invalid test', [comparison({ verdict: 'invalid' })], 'enhanced', 'The test is invalid: these figures decide'],
  ['a shadow', [comparison({ variant: 'mirror' })], 'mirror', 'A shadow answers nobody: these figures decide nothing.'],
])('the replay of %s is never said to be decided', (_, rows, variant, words) => {
  const section = sectionOf(report({ test: testAnswer(rows), replay: replay(START, 40, variant) }), 'Replay');
  expect(section).toContain(words);
  expect(section).not.toContain('Decided');
});

test('the same figures are marked preliminary in the report, ribbon and interval first', () => {
  const section = sectionOf(
    report({ impact: impact({ state: 'preliminary' }, ['Fewer than 7 days.', 'Nothing is decided.']) }),
    'Money',
  );
  expect(section).toContain('> **Preliminary.** Fewer than 7 days. Nothing is decided.');
  expect(section.indexOf('Preliminary')).toBeLessThan(section.indexOf('$'));
  expect(section).toMatch(/\*\*Net\*\* \| \$0\.3M…\$1\.1M \| \*\*\$685,700\*\*/);
});

test('faster is a saving in the report, not a negative cost', () => {
  const money = (latency: number) => sectionOf(report({ impact: impact({}, [], latency) }), 'Money');
  expect(money(-28_930)).toMatch(/Cost of latency \| \$28,930 \| \$26\.9k…\$30\.9k/);
  expect(money(12_000)).toMatch(/Saving from answering faster \| \$12,000 \| \$10\.0k…\$14\.0k/);
  expect(money(12_000)).not.toContain('Cost of latency');
});

test('money that stands says so, with intervals, assumptions, break-even and warnings', () => {
  const section = sectionOf(report(), 'Money');
  expect(section).toContain('These figures stand as a result.');
  expect(section).toMatch(/\*\*Net\*\* \| \*\*\$685,700\*\* \| \$0\.3M…\$1\.1M/);
  expect(section).toMatch(/Payback \| 28.days \| 12.days … never/);
  expect(section).toContain('- Infrastructure: $53,000');
  expect(section).toContain('at least 0.0012');
  expect(section).toContain('- Net hangs on one term.');
});

test('money that could not be valued says why instead of figures', () => {
  const section = sectionOf(report({ impact: failure('InfluxDB is down.') }), 'Money');
  expect(section).toContain('No figures: InfluxDB is down.');
  expect(section).not.toContain('$');
});

test('every source is listed with how it answered', () => {
  const section = sectionOf(report(), 'Provenance');
  expect(section).toMatch(/\| MLflow \| ok \| primary \| 2026-03-14 12:00 UTC \(24.h old\)/);
  expect(section).toContain('| Prometheus | down | backup-1 | – | Prometheus \\| did not answer |');
  expect(section).toContain('| InfluxDB | not asked |');
});

test('XSS: names and messages from stores are text, never markup', () => {
  const name = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) | `y` **z**';
  const text = report({ test: testAnswer([comparison({ variant: name })], { ...EXPERIMENT, name, owner: name }) });
  expect(text).not.toMatch(/(?<!\\)<img/);
  expect(text).not.toMatch(/(?<!\\)\]\(javascript/);
  expect(sectionOf(text, 'Verdicts')).toContain('\\<img src=x onerror=alert(1)\\>');
  const row =
    sectionOf(text, 'Verdicts')
      .split('\n')
      .find((line) => line.startsWith('| Metric')) ?? '';
  expect(row.split(/(?<!\\)\|/)).toHaveLength(11);
});

test('a test that cannot be read is an error, not an empty report', () => {
  expect(() => report({ test: failure('Experiment “x” is not known.') })).toThrow('Experiment “x” is not known.');
});
