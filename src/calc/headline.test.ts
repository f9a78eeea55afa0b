import { composeHeadline, type HeadlineInput, type HeadlineRow } from './headline';
import { compare } from './stats/compare';
import type { ComparedMetric, ComparisonPlan, Stratum } from './stats/comparison';
import { checkSplit } from './stats/split-check';

/** `~` stands for the no-break space, `-` before a digit for the minus sign. */
const written = (text: string) => text.replaceAll('~', '\u00a0').replaceAll(/-(?=\d|\$)/g, '\u2212');

const plan: ComparisonPlan = {
  alpha: 0.05,
  decision: 'sequential',
  unit: 'requests',
  anchored: true,
  randomised: true,
  plannedTotal: 1_000_000,
  elapsedDays: 14,
  blocks: [],
};
const rates = (na: number, xa: number, nb: number, xb: number): Stratum => ({
  control: { kind: 'proportion', n: na, x: xa },
  variant: { kind: 'proportion', n: nb, x: xb },
});
const means = (a: number, b: number, sd: number, n: number): Stratum => {
  const arm = (value: number) =>
    ({ kind: 'mean', n, sum: n * value, sumSquares: sd * sd * (n - 1) + n * value * value }) as const;
  return { control: arm(a), variant: arm(b) };
};

const ACCURACY: ComparedMetric = { id: 'accuracy', kind: 'proportion', direction: 'higher', role: 'goal' };
const ERRORS: ComparedMetric = {
  id: 'error_rate',
  kind: 'proportion',
  direction: 'lower',
  role: 'guardrail',
  margin: 0.002,
};
const LATENCY: ComparedMetric = {
  id: 'latency_mean_ms',
  kind: 'mean',
  direction: 'lower',
  role: 'guardrail',
  margin: 40,
};
const REVENUE: ComparedMetric = { id: 'revenue', kind: 'mean', direction: 'higher', role: 'secondary' };

interface RowOptions extends Partial<Omit<HeadlineRow, 'comparison'>> {
  plan?: Partial<ComparisonPlan>;
}
const row = (
  metric: ComparedMetric,
  label: string,
  unit: string,
  strata: Stratum[],
  options: RowOptions = {},
): HeadlineRow => {
  const { plan: change, ...rest } = options;
  return { variant: 'enhanced', label, unit, ...rest, comparison: compare(metric, strata, { ...plan, ...change }) };
};

const better = [rates(74_436, 58_209, 24_231, 19_821)];
const accuracy = (strata: Stratum[] = better, options: RowOptions = {}) =>
  row(ACCURACY, 'Accuracy, online', 'fraction', strata, options);
const errors = (strata: Stratum[] = [rates(454_880, 5413, 157_522, 1796)]) =>
  row(ERRORS, 'Error rate', 'fraction', strata);
const latency = (slower = 28) => row(LATENCY, 'Latency p95', 'ms', [means(84, 84 + slower, 40, 20_000)]);
const revenue = () => row(REVENUE, 'Revenue per request', 'USD', [means(0.142, 0.1474, 1.5, 200_000)]);

const headline = (rows: HeadlineRow[], input: Partial<HeadlineInput> = {}) =>
  composeHeadline({ control: 'baseline', alpha: 0.05, rows, split: null, since: '1 Sep 09:00', ...input });

it('a win: lift, interval, guardrails and what is open', () => {
  expect(headline([accuracy(), errors(), latency(), revenue()])).toEqual({
    tone: 'win',
    subject: 'enhanced wins:',
    text: written('accuracy +3.6~pp, 95~% interval 3.0…4.2'),
    aside: 'Both guardrails hold; revenue per request is not decided yet.',
  });
});

it.each([
  [1, 'The guardrail holds.'],
  [3, 'All 3 guardrails hold.'],
])('%p guardrails read naturally', (count, aside) => {
  expect(headline([accuracy(), ...[errors(), latency(), latency()].slice(0, count)]).aside).toBe(aside);
});

it('a level other than 95 % is the one that is said', () => {
  expect(headline([accuracy()], { alpha: 0.01 }).text).toContain(written('99~% interval'));
  expect(headline([accuracy()], { alpha: 0.005 }).text).toContain(written('99.5~% interval'));
});

it('a loss says what to do', () => {
  expect(headline([accuracy([rates(24_231, 19_821, 74_436, 58_209)]), errors()])).toEqual({
    tone: 'loss',
    subject: 'enhanced loses:',
    text: written('accuracy -3.6~pp, 95~% interval -4.2…-3.0'),
    aside: 'Keep baseline; the guardrail holds.',
  });
});

it('a broken guardrail comes before a win', () => {
  expect(headline([accuracy(), latency(48)])).toEqual({
    tone: 'loss',
    subject: 'enhanced breaks a guardrail:',
    text: written('latency p95 +48.0~ms, margin +40.0~ms'),
    aside: written('Accuracy wins +3.6~pp; keep baseline until latency p95 is within its margin.'),
  });
});

it('too early says how far and how long', () => {
  const early = accuracy([rates(4485, 3520, 4485, 3592)], {
    counted: 'labelled answers',
    plan: { elapsedDays: 4, targetEffect: 0.02 },
  });
  const { tone, subject, text, aside } = headline([early]);
  expect({ tone, subject, text }).toEqual({ tone: 'early', subject: 'Too early to say', text: '' });
  expect(aside).toMatch(/^8,970 of about \d+,\d00 labelled answers; roughly \d+ days to go at this traffic\.$/);
});

it('undecided with enough data is not “too early”', () => {
  const { tone, subject, text } = headline([accuracy([rates(400_000, 312_000, 400_000, 312_300)])]);
  expect({ tone, subject }).toEqual({ tone: 'undecided', subject: 'Not decided:' });
  expect(text).toMatch(/^accuracy \+0\.\d+.pp, 95.% interval \u2212/);
});

describe('an invalid test', () => {
  it('for its split names both', () => {
    const split = checkSplit([{ observed: [66_100, 33_900], weights: [70, 30] }], { assignment: 'request' });
    expect(headline([accuracy(better, { plan: { blocks: ['srm-failed'] } })], { split })).toEqual({
      tone: 'invalid',
      subject: 'Test invalid:',
      text: 'traffic is 66.1/33.9, expected 70/30',
      aside: written('Sample ratio mismatch, p <~0.0001. Fix assignment or logging, then restart the test.'),
    });
  });

  it('for another cause names that', () => {
    const broken = headline([accuracy(better, { plan: { blocks: ['broken-data'] } })]);
    expect(broken).toMatchObject({ tone: 'invalid', text: 'the data behind this test are broken' });
  });
});

describe('offline accuracy', () => {
  const offline = (strata: Stratum[], options: RowOptions = {}) =>
    row(ACCURACY, 'Accuracy, offline', 'fraction', strata, {
      ...options,
      plan: { randomised: false, ...options.plan },
    });

  it.each([
    [rates(12_000, 9480, 12_000, 9876), 'enhanced is better on the test set:', '+3.3~pp'],
    [rates(12_000, 9876, 12_000, 9480), 'enhanced is worse on the test set:', '-3.3~pp'],
    [rates(12_000, 9480, 12_000, 9490), 'No difference shown on the test set:', 'accuracy +0.1~pp, interval -0.9…+1.1'],
  ])('is read as a test set’s: %#', (stratum, subject, text) => {
    expect(headline([offline([stratum])])).toEqual({
      tone: 'test-set',
      subject,
      text: written(text),
      aside: 'Offline accuracy, n 12,000, not randomised: no A/B verdict while live counts are missing.',
    });
  });

  it('that is stale decides nothing, while live guardrails still speak', () => {
    const stale = offline([rates(12_000, 9480, 12_000, 9876)], {
      stale: { ageSeconds: 41 * 86_400, limitSeconds: 30 * 86_400 },
      plan: { blocks: ['stale'] },
    });
    expect(headline([stale, errors(), latency()])).toEqual({
      tone: 'undecided',
      subject: 'Not decided:',
      text: written('accuracy is offline and 41~d old'),
      aside: written('Both guardrails hold. Accuracy older than 30~d cannot win a test.'),
    });
  });
});

it('a changed split withholds a win and says why', () => {
  expect(headline([accuracy(better, { plan: { blocks: ['split-changed'] } })])).toMatchObject({
    tone: 'undecided',
    text: 'the traffic split changed without being declared',
    aside: written('Accuracy +3.6~pp, 95~% interval 3.0…4.2 otherwise.'),
  });
});

it('without a start there is a description and what to set', () => {
  const { text, aside } = headline([accuracy(better, { plan: { anchored: false } })]);
  expect(text).toBe('the start of the test is unknown');
  expect(aside).toContain("as a description. Set the experiment's start to get a verdict.");
});

it('no data asks nobody to believe in zero', () => {
  expect(headline([accuracy([])])).toEqual({
    tone: 'no-data',
    subject: 'No data for this test window',
    text: '',
    aside: 'No source answered with samples since 1 Sep 09:00. Missing is not zero.',
  });
  expect(headline([], { since: null }).aside).toBe('No source answered with samples. Missing is not zero.');
});

it('data that allow no test say so', () => {
  const flat = row({ ...LATENCY, role: 'goal' }, 'Latency', 'ms', [means(45, 45, 0, 1000)]);
  expect(headline([flat])).toMatchObject({
    tone: 'undecided',
    subject: 'No comparison:',
    text: 'latency: every observation is the same, so chance cannot be judged',
  });
});

it('of several variants the winner speaks, then the one further ahead', () => {
  const losing = { ...accuracy([rates(24_231, 19_821, 74_436, 58_209)]), variant: 'worse' };
  const winning = { ...accuracy([rates(74_436, 58_209, 24_231, 20_000)]), variant: 'best' };
  expect(headline([losing, accuracy(), winning]).subject).toBe('best wins:');
});

it('goals that disagree are a mixed result', () => {
  const slower = row({ ...LATENCY, role: 'goal', margin: undefined }, 'Latency', 'ms', [means(84, 112, 40, 20_000)]);
  expect(headline([accuracy(), slower])).toMatchObject({ tone: 'undecided', text: 'accuracy wins, latency loses' });
});

it('money is read as a relative change', () => {
  const paying = row({ ...REVENUE, role: 'goal' }, 'Revenue per request', 'USD', [means(0.142, 0.1474, 0.2, 200_000)]);
  expect(headline([paying]).text).toMatch(/^revenue per request \+3\.8.%, 95.% interval 2\.9…4\.7$/);
});
