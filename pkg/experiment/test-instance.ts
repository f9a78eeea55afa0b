/** A data source over drawn traffic for tests: `baseline` against `enhanced` for ten days, in buckets. */
import { randomBinomial, randomNormal } from 'd3-random';
import pino from 'pino';
import { createGenerator } from '../../src/calc/impact/generator';
import type { SettingsInput } from '../../src/contract/settings';
import { settingsSchema } from '../../src/contract/settings';
import type { Instance } from '../instance';
import type { Traffic, TrafficRequest } from '../sources/capabilities/traffic';
import type { Analysis, AnalysisRequest } from './analysis';
import { analyseExperiment } from './analysis';
import { CatalogueReader } from './catalogue';
import { EvidenceReader } from './evidence';
import { LedgerReader, type TrafficSource } from './ledger';
import { MonitoringReader } from './monitoring';
import { countedBy, DAY, START, trafficOf } from './test-scene';

/** Ten days into the test. */
export const NOW = START + 10 * DAY;
const REQUESTS = 100;
const WORSE = 0.7;
const SEGMENTS: Readonly<Record<string, readonly string[]>> = { instance: ['i-1', 'i-2'], region: ['EU', 'US'] };
const VARIANTS = { baseline: { accuracy: 0.78, errors: 0.05 }, enhanced: { accuracy: 0.82, errors: 0.05 } };

/**
 * Traffic of two instances, or of two regions, in one of which `enhanced` is less accurate. Before the start, with
 * `isClustered`, all errors of six buckets fall into one of them.
 */
export function trafficFor({ period, bucketMs, dimension }: TrafficRequest, isClustered: boolean): Traffic {
  const draw = randomBinomial.source(createGenerator(period.from / 1000));
  const wait = randomNormal.source(createGenerator(period.from / 1000 + 1))(4000, 100);
  const isBefore = period.to <= START;
  const names = isBefore ? (['baseline'] as const) : (['baseline', 'enhanced'] as const);
  const width = bucketMs ?? 300_000;
  const times = Float64Array.from(
    { length: Math.floor((period.to - period.from) / width) },
    (_, i) => period.from + i * width,
  );
  const segments = SEGMENTS[dimension ?? ''] ?? [undefined];
  return {
    ...trafficOf(
      ...names.flatMap((name) =>
        segments.map((segment) => {
          const { errors } = VARIANTS[name];
          const accuracy = segment === 'EU' && name === 'enhanced' ? WORSE : VARIANTS[name].accuracy;
          const rate = () => (isBefore && isClustered ? (draw(1, 1 / 6)() === 1 ? 6 * errors : 0) : errors);
          const series = {
            times,
            requests: times.map(() => REQUESTS),
            errors: times.map(() => draw(REQUESTS, rate())()),
            latencySumMs: times.map(wait),
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

export type Answer = (request: TrafficRequest) => Promise<Traffic>;

/** @param own settings over those of the test, e.g. `business` */
export function instanceOf(traffic: Answer, own: Partial<SettingsInput> = {}): Instance {
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
    ...own,
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
    monitoring: new MonitoringReader(settings.cache.ttlSeconds * 1000, clock),
    clock,
    logger: pino({ level: 'silent' }),
    dispose: () => Promise.resolve(),
  };
}

/** Ten days of sound traffic. */
export const sound: Answer = (request) => Promise.resolve(trafficFor(request, false));

/** The analysis of the one experiment there is, as a dashboard asks for it unless said otherwise. */
export const analyse = (instance: Instance, own: Partial<AnalysisRequest> = {}): Promise<Analysis> =>
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
