/** `monitor`, drift computed: the latency histogram of the period against a reference, measured five ways. */
import type { Drift } from '../../src/calc/drift/drift';
import { measureDrift } from '../../src/calc/drift/drift';
import type { SourceReading } from '../../src/calc/provenance';
import type { Bucket } from '../../src/calc/stats/histogram';
import { isRefusal } from '../../src/calc/stats/refusal';
import type { UpliftMeta } from '../../src/contract/frames';
import { FailureError } from '../../src/contract/failure';
import type { MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentAlias, variantAlias, variantByAlias } from '../experiment/definition';
import { provenanceOf } from '../experiment/provenance';
import type { DataFrame } from '../sdk/frame';
import type { Period, Source, Traffic } from '../sources/source';
import type { QueryContext } from './context';
import { numericFrame, tableOf } from './table';

type ComputedMethod = Exclude<MonitorQuery['method'], 'stored'>;

interface Row {
  variant: string;
  value: number | null;
  pValue: number | null;
  drift: Drift;
  wasserstein: number | null;
  reference: number;
  current: number;
}

/** @throws FailureError when no source keeps histograms, or the reference names what is not there */
export async function answerDrift(
  query: MonitorQuery & { method: ComputedMethod },
  context: QueryContext,
  experiment: Experiment | null,
  offline: readonly SourceReading[],
): Promise<DataFrame[]> {
  const source = context.instance.sources.prometheus;
  if (!source?.traffic) {
    throw new FailureError({
      class: 'config',
      field: 'method',
      message: 'No configured source keeps histograms to compute drift from.',
      fix: 'Configure Prometheus, or use method: stored with what a drift job writes to InfluxDB.',
    });
  }
  const { range, now } = context;
  const reference = referencePeriod(query, range);
  const subject = { source, read: source.traffic.bind(source), experiment };
  const [current, before] = await Promise.all([
    histograms(subject, range, context.signal),
    query.reference.kind === 'control' ? null : histograms(subject, reference, context.signal),
  ]);
  const control = experiment?.control ?? null;
  const rows = [...current.byVariant].flatMap(([variant, buckets]): Row[] => {
    const against = before ? before.byVariant.get(variant) : current.byVariant.get(control ?? '');
    const isItself = before === null && variant === control;
    return against && !isItself ? measure(variant, buckets, against, query.method) : [];
  });
  const asOf = current.traffic.newestSample;
  const reading: SourceReading = { source: source.name, state: rows.length > 0 ? 'ok' : 'empty', endpoint: current.traffic.endpoint, asOf }; // prettier-ignore
  const uplift: UpliftMeta = { frame: 'drift', provenance: provenanceOf([...offline, reading], now) };
  const executedQueryString = [...current.traffic.executed, ...(before?.traffic.executed ?? [])].join('\n');
  if (query.format === 'numeric') {
    return rows.map(({ variant, value }) =>
      numericFrame('drift', { variant, feature: 'latency' }, value, { executedQueryString }),
    );
  }
  return [
    tableOf(
      'drift',
      rows,
      [
        { name: 'variant', type: 'string', of: (row) => row.variant },
        { name: 'feature', type: 'string', of: () => 'latency' },
        { name: 'value', type: 'number', of: (row) => row.value },
        { name: 'p_value', type: 'number', of: (row) => row.pValue },
        { name: 'band', type: 'string', of: (row) => row.drift.band },
        { name: 'psi', type: 'number', of: (row) => row.drift.psi },
        { name: 'js', type: 'number', of: (row) => row.drift.jensenShannon },
        { name: 'ks', type: 'number', of: (row) => row.drift.kolmogorovSmirnov },
        { name: 'wasserstein', type: 'number', of: (row) => row.wasserstein, config: { unit: 'ms' } },
        { name: 'n_reference', type: 'number', of: (row) => row.reference },
        { name: 'n_current', type: 'number', of: (row) => row.current },
      ],
      {
        custom: {
          uplift,
          contributions: Object.fromEntries(rows.map(({ variant, drift }) => [variant, drift.contributions])),
        },
        executedQueryString,
      },
    ),
  ];
}

function referencePeriod({ reference }: MonitorQuery, { from, to }: Period): Period {
  switch (reference.kind) {
    case 'previous':
      return { from: from - (to - from), to: from };
    case 'fixed':
      return { from: Date.parse(reference.from), to: Date.parse(reference.to) };
    case 'control':
      return { from, to };
  }
}

interface Subject {
  source: Source;
  read: NonNullable<Source['traffic']>;
  experiment: Experiment | null;
}

async function histograms({ source, read, experiment }: Subject, period: Period, signal: AbortSignal) {
  const variants = experiment ? experiment.variants.map((variant) => variantAlias(variant, source.name)) : [];
  const subject = experiment && experimentAlias(experiment, source.name);
  const traffic: Traffic = await read(
    { experiment: subject, variants, period, bucketMs: null, dimension: null },
    signal,
  );
  const byVariant = new Map<string, Bucket[]>();
  for (const { variant, histogram } of traffic.variants) {
    const name = (experiment && variantByAlias(experiment, source.name, variant)?.name) ?? variant;
    if (histogram) {
      byVariant.set(name, histogram);
    }
  }
  return { traffic, byVariant };
}

/** No row where the two cannot be compared: an empty histogram, or buckets that were changed between them. */
function measure(
  variant: string,
  current: readonly Bucket[],
  reference: readonly Bucket[],
  method: ComputedMethod,
): Row[] {
  const sameBounds =
    current.length === reference.length && current.every(({ le }, index) => le === reference[index]?.le);
  if (!sameBounds) {
    return [];
  }
  const pair = {
    current: countsOf(current),
    reference: countsOf(reference),
    edges: [0, ...current.map(({ le }) => le)],
  };
  const drift = measureDrift(pair);
  if (isRefusal(drift)) {
    return [];
  }
  const distance = drift.wasserstein;
  const moved = distance === null || isRefusal(distance) ? null : distance.distance;
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const { value, pValue } = chosen(drift, moved, method);
  return [
    {
      variant,
      value,
      pValue,
      drift,
      wasserstein: moved,
      reference: total(pair.reference),
      current: total(pair.current),
    },
  ];
}

function chosen(
  drift: Drift,
  moved: number | null,
  method: ComputedMethod,
): { value: number | null; pValue: number | null } {
  switch (method) {
    case 'psi':
      return { value: drift.psi, pValue: drift.psiPValue };
    case 'js':
      return { value: drift.jensenShannon, pValue: drift.homogeneity.pValue };
    case 'ks':
      return { value: drift.kolmogorovSmirnov, pValue: drift.kolmogorovSmirnovPValue };
    case 'wasserstein':
      return { value: moved, pValue: null };
  }
}

/** Observations inside each bucket, from cumulative ones. */
const countsOf = (buckets: readonly Bucket[]): number[] =>
  buckets.map(({ count }, index) => count - (buckets[index - 1]?.count ?? 0));
