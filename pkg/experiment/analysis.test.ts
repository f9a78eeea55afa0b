import { randomBinomial } from 'd3-random';
import pino from 'pino';
import { createGenerator } from '../../src/calc/impact/generator';
import { isImpactRefusal } from '../../src/calc/impact/refusal';
import { settingsSchema } from '../../src/contract/settings';
import type { Instance } from '../instance';
import type { Traffic, TrafficRequest } from '../sources/source';
import { analyseExperiment, type Analysis, type AnalysisRequest } from './analysis';
import { CatalogueReader } from './catalogue';
import { EvidenceReader } from './evidence';
import { LedgerReader, type TrafficSource } from './ledger';
import { countedBy, DAY, START, trafficOf } from './test-scene';
import { dailyNetOf, parametersOf, valueVariant } from './worth';

const NOW = START + 10 * DAY;
const REQUESTS = 100;
const VARIANTS = { baseline: { accuracy: 0.78, errors: 0.05 }, enhanced: { accuracy: 0.82, errors: 0.05 } };

/** Traffic of two instances. Before the start, with `isClustered`, all errors of six buckets fall into one of them. */
function trafficFor({ period, bucketMs, dimension }: TrafficRequest, isClustered: boolean): Traffic {
  const draw = randomBinomial.source(createGenerator(period.from / 1000));
  const isBefore = period.to <= START;
  const names = isBefore ? (['baseline'] as const) : (['baseline', 'enhanced'] as const);
  const width = bucketMs ?? 300_000;
  const times = Float64Array.from(
    { length: Math.floor((period.to - period.from) / width) },
    (_, i) => period.from + i * width,
  );
  const segments = dimension === 'instance' ? ['i-1', 'i-2'] : [undefined];
  return {
    ...trafficOf(
      ...names.flatMap((name) =>
        segments.map((segment) => {
          const { accuracy, errors } = VARIANTS[name];
          const rate = () => (isBefore && isClustered ? (draw(1, 1 / 6)() === 1 ? 6 * errors : 0) : errors);
          const series = {
            times,
            requests: times.map(() => REQUESTS),
            errors: times.map(() => draw(REQUESTS, rate())()),
            latencySumMs: times.map(() => 4000),
            labelled: times.map(() => REQUESTS),
            correct: times.map(() => draw(REQUESTS, accuracy)()),
          };
          const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
          return countedBy(name, {
            segment,
            series: bucketMs === null ? undefined : series,
            requests: sum(series.requests),
            errors: sum(series.errors),
            labelled: sum(series.labelled),
            correct: sum(series.correct),
          });
        }),
      ),
    ),
    firstSample: period.from,
    newestSample: period.to,
  };
}

type Answer = (request: TrafficRequest) => Promise<Traffic>;

function instanceOf(traffic: Answer): Instance {
  const settings = settingsSchema.parse({
    mapping: { prometheus: { version: null } },
    experiments: [
      {
        id: 'ranking',
        control: 'baseline',
        variants: [{ name: 'baseline' }, { name: 'enhanced' }],
        split: { baseline: 50, enhanced: 50 },
        assignment: 'request',
        start: new Date(START).toISOString(),
        currency: 'EUR',
      },
    ],
  });
  const clock = () => NOW;
  const prometheus: TrafficSource = {
    name: 'prometheus',
    probe: () => Promise.reject(new Error('not asked for')),
    dispose: () => Promise.resolve(),
    traffic,
  };
  const ledgers = new LedgerReader(clock);
  // The readers ask sources by capability, so one that counts traffic is all they need.
  const sources = { prometheus };
  return {
    uid: 'uplift',
    name: 'Uplift',
    settings,
    sources: {},
    catalogue: new CatalogueReader(sources, settings.experiments, clock),
    ledgers,
    evidence: new EvidenceReader(sources, settings, ledgers, clock),
    clock,
    logger: pino({ level: 'silent' }),
    dispose: () => Promise.resolve(),
  };
}

const analyse = (instance: Instance, own: Partial<AnalysisRequest> = {}): Promise<Analysis> =>
  analyseExperiment(instance, {
    experiment: 'ranking',
    window: 'experiment',
    range: { from: NOW - DAY, to: NOW },
    method: 'sequential',
    correction: 'holm',
    now: NOW,
    skipCache: false,
    isAlert: false,
    ...own,
  });

const sound: Answer = (request) => Promise.resolve(trafficFor(request, false));
const clustered: Answer = (request) => Promise.resolve(trafficFor(request, true));
const calibrationOf = ({ checks }: Analysis) => checks.find(({ check }) => check === 'aa_calibration');
const errorOf = ({ comparisons }: Analysis) =>
  comparisons.find(({ metric }) => metric.id === 'error_rate')?.comparison.absolute?.standardError ?? Number.NaN;

describe('an analysis', () => {
  it('calibrates on the traffic before the start, and leaves sound intervals alone', async () => {
    const analysis = await analyse(instanceOf(sound), { unit: 'requests' });
    expect(calibrationOf(analysis)?.status).toBe('ok');
    expect(analysis.plan.inflation).toBe(1);
    expect(analysis.comparisons.find(({ metric }) => metric.id === 'accuracy')?.comparison.verdict).toBe('winner');
  });

  it('widens every interval by what the calibration shows', async () => {
    const [plain, wide] = [
      await analyse(instanceOf(sound), { unit: 'requests' }),
      await analyse(instanceOf(clustered), { unit: 'requests' }),
    ];
    expect(calibrationOf(wide)?.status).toBe('warning');
    expect(wide.plan.inflation).toBeGreaterThan(2);
    expect(errorOf(wide) / errorOf(plain)).toBeCloseTo(wide.plan.inflation ?? 1, 6);
  });

  it('answers though the traffic before the start cannot be read', async () => {
    const failing: Answer = (request) =>
      request.period.to <= START ? Promise.reject(new Error('too old')) : sound(request);
    const analysis = await analyse(instanceOf(failing));
    expect(calibrationOf(analysis)).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('could not be read') as unknown,
    });
    expect(analysis.failures).toEqual([]);
    expect(analysis.comparisons[0]?.comparison.verdict).toBe('winner');
  });

  it('does not calibrate what has no start', async () => {
    const analysis = await analyse(instanceOf(sound), { window: 'range' });
    expect(calibrationOf(analysis)?.status).toBe('unknown');
  });
});

describe('what an analysis is worth', () => {
  it('is that of the leading variant, from all four metrics and the traffic a day', async () => {
    const instance = instanceOf(sound);
    const analysis = await analyse(instance, { metrics: [{ id: 'accuracy', role: 'goal' }] });
    const worth = valueVariant(analysis, parametersOf(instance.settings, analysis, undefined), undefined);
    expect(worth?.variant).toBe('enhanced');
    expect(worth?.input).toMatchObject({ accuracyOrigin: 'online', exposure: 0.5, days: 10, requestsPerDay: 28_800 });
    expect(worth?.input.accuracy?.difference).toBeCloseTo(0.04, 2);
    expect(worth?.input.errors?.difference).toBeCloseTo(0, 2);
    expect(worth && isImpactRefusal(worth.impact)).toBe(false);
    expect(dailyNetOf(instance.settings, analysis)).toMatchObject({ currency: 'EUR', state: 'measured' });
  });

  it('takes the query’s parameters over the settings’', async () => {
    const instance = instanceOf(sound);
    const analysis = await analyse(instance);
    expect(parametersOf(instance.settings, analysis, { currency: 'CHF', costPerMs: undefined })).toMatchObject({
      currency: 'CHF',
      costPerMs: instance.settings.business.costPerMs,
    });
  });

  it('is nothing for the control, or a variant that is not there', async () => {
    const instance = instanceOf(sound);
    const analysis = await analyse(instance);
    const parameters = parametersOf(instance.settings, analysis, undefined);
    expect(valueVariant(analysis, parameters, 'baseline')).toBeNull();
    expect(valueVariant(analysis, parameters, 'nobody')).toBeNull();
  });
});
