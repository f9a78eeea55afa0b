/** A/A traffic under the provisioned alert rules: how often do they page for nothing, look after look, for months. */
import { z } from 'zod';
import type { ComparedMetric } from '../../src/calc/stats/comparison';
import { harmPValue } from '../../src/calc/stats/harm';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import type { Instance } from '../../pkg/instance';
import { answerQuery } from '../../pkg/queries/answer';
import type { AlertRule } from '../../scripts/alerting/file-format';
import { experimentRules } from '../../scripts/alerting/rule-files';
import { type Arm, between, DAY, instanceOver, live, MINUTE, MONTH_MINUTES, START, storeOf } from './aa-traffic';
import { runsOf } from './measured-share';
import { proportion } from './scene';

const DEFINITION = experimentDefinitionSchema.parse({
  id: 'aa',
  control: 'baseline',
  variants: [{ name: 'baseline', role: 'control' }, { name: 'enhanced' }],
  start: new Date(START).toISOString(),
  split: { baseline: 70, enhanced: 30 },
  assignment: 'request',
  metrics: [
    { id: 'accuracy', role: 'goal' },
    { id: 'error_rate', role: 'guardrail', margin: 0.002 },
    { id: 'latency_p95_ms', role: 'guardrail', margin: 40 },
  ],
});
const SETTINGS = { datasource: 'uplift', grafanaUrl: 'http://localhost:3000' };

const thresholdSchema = z.object({
  conditions: z.tuple([
    z.object({
      evaluator: z.object({ type: z.enum(['gt', 'lt', 'within_range']), params: z.array(z.number()).min(1) }),
    }),
  ]),
});

function isMet(rule: AlertRule, value: number): boolean {
  const condition = rule.data.find(({ refId }) => refId === rule.condition)?.model;
  const { type, params } = thresholdSchema.parse(condition).conditions[0].evaluator;
  const [low = Number.NaN, high = Number.NaN] = params;
  switch (type) {
    case 'gt':
      return value > low;
    case 'lt':
      return value < low;
    case 'within_range':
      return value > low && value < high;
  }
}

/** Whether a rule fires at an instant, by its first query and its threshold, through everything a query goes through. */
async function fires(rule: AlertRule, instance: Instance, now: number): Promise<boolean> {
  const [query] = rule.data;
  const answer = await answerQuery(query?.queryType ?? '', query?.model, {
    instance,
    refId: 'A',
    range: { from: now - (query?.relativeTimeRange.from ?? 0) * 1000, to: now },
    intervalMs: MINUTE,
    maxDataPoints: 100,
    now,
    isAlert: true,
    skipCache: false,
    signal: new AbortController().signal,
  });
  if (!('frames' in answer)) {
    throw new Error(JSON.stringify(answer));
  }
  const values = (answer.frames ?? []).map(({ fields }) => fields[0]?.values[0]);
  return values.some((value) => typeof value === 'number' && isMet(rule, value));
}

const rules = experimentRules(SETTINGS, DEFINITION).groups.flatMap((group) =>
  group.rules.map((rule) => ({ rule, intervalMs: Number(group.interval.replace('s', '')) * 1000 })),
);
const ruleOf = (kind: string) => {
  const found = rules.find(({ rule }) => rule.uid === `uplift-${kind}-aa`);
  if (!found) {
    throw new Error(`no rule ${kind}`);
  }
  return found;
};

/** Every look of a month takes minutes in the whole path: only with `SIMULATIONS=large`, else one in so many. */
const isEveryLookTaken = runsOf(1) > 1;

describe('a month of A/A traffic, through the whole path from the query on', () => {
  const [baseline, enhanced] = live(20_261, 0.3);
  let now = START;
  const instance = instanceOver(
    storeOf(
      new Map([
        ['baseline', baseline],
        ['enhanced', enhanced],
      ]),
    ),
    () => now,
  );

  it.each([
    ['wins', 72],
    ['loses', 72],
    ['guardrail', 72],
    ['srm', 72],
    ['regression-15m', 120],
    ['regression-1h', 24],
  ] as const)(
    '%s never pages',
    async (kind, every) => {
      const { rule, intervalMs } = ruleOf(kind);
      const pages: string[] = [];
      for (now = START + 3_600_000; now <= START + 30 * DAY; now += intervalMs * (isEveryLookTaken ? 1 : every)) {
        if (await fires(rule, instance, now)) {
          pages.push(new Date(now).toISOString());
        }
      }
      expect(pages).toEqual([]);
    },
    30 * MINUTE,
  );
});

describe('months of A/A traffic under the rules for now, every look', () => {
  const MONTHS = runsOf(3);
  let months: Array<[control: Arm, variant: Arm]> = [];
  beforeAll(() => {
    months = Array.from({ length: MONTHS }, (_, month) => live(1000 + month, 0.3));
  });
  const metrics: ComparedMetric[] = (DEFINITION.metrics ?? []).map(({ id, role, margin }) =>
    id === 'latency_p95_ms'
      ? { id, role, margin, kind: 'quantile', direction: 'lower' }
      : { id, role, margin, kind: 'proportion', direction: id === 'accuracy' ? 'higher' : 'lower' },
  );

  /** What the store counted of an arm, as the sufficient statistic of a metric. */
  const statisticOf = (id: string, arm: Arm, from: number, to: number) => {
    const { requests, errors, labelled, correct, histogram } = between(arm, from, to);
    if (id === 'latency_p95_ms') {
      return { kind: 'quantile' as const, q: 0.95, buckets: histogram };
    }
    return id === 'accuracy' ? proportion(labelled, correct) : proportion(requests, errors);
  };

  it.each([
    ['regression-15m', 'with its margins', false],
    ['regression-15m', 'without any margin', true],
    ['regression-1h', 'with its margins', false],
    ['regression-1h', 'without any margin', true],
  ] as const)('%s, %s: keeps its budget of pages', (kind, _, isBare) => {
    const { rule, intervalMs } = ruleOf(kind);
    const [query] = rule.data;
    const minutes = (query?.relativeTimeRange.from ?? 0) / 60;
    const asked = z.object({ metrics: z.array(z.object({ id: z.string() })) }).parse(query?.model).metrics;
    const wanted = metrics
      .filter(({ id }) => asked.some((one) => one.id === id))
      .map((metric) => (isBare ? { ...metric, margin: undefined } : metric));
    // Grafana fires when the condition has held for as long as `for` says: so many looks in a row.
    const inARow = Number(rule.for.replace('m', '')) * (MINUTE / intervalMs) + 1;
    const seen = { looks: 0, belowThousandth: 0, met: 0, pages: 0 };
    for (const [control, variant] of months) {
      for (const metric of wanted) {
        let run = 0;
        for (let minute = minutes; minute <= MONTH_MINUTES; minute += intervalMs / MINUTE) {
          const stratum = {
            control: statisticOf(metric.id, control, minute - minutes, minute),
            variant: statisticOf(metric.id, variant, minute - minutes, minute),
          };
          const p = harmPValue(metric, [stratum]) ?? 1;
          run = isMet(rule, p) ? run + 1 : 0;
          seen.looks++;
          seen.belowThousandth += p < 0.001 ? 1 : 0;
          seen.met += run > 0 ? 1 : 0;
          seen.pages += run === inARow ? 1 : 0;
        }
      }
    }
    if (process.env['SIMULATIONS_TABLE'] !== undefined) {
      process.stdout.write(`${kind}${isBare ? ', no margin' : ''}: ${JSON.stringify({ months: MONTHS, ...seen })}\n`);
    }
    const budget = 0.1 * MONTHS;
    expect(seen.pages).toBeLessThanOrEqual(budget + 3 * Math.sqrt(budget));
    // The level that so few looks can measure is held as the one is that they cannot.
    expect(seen.belowThousandth / seen.looks).toBeLessThanOrEqual(0.001);
    expect(seen.looks).toBeGreaterThan(8_000 * MONTHS);
  });
});
