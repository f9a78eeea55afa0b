/** `monitor`, drift computed: histograms of features and predictions against a reference, as table, series or numbers. */
import type { SourceReading } from '../../src/calc/provenance';
import type { FieldProvenance, UpliftMeta } from '../../src/contract/frames';
import { FailureError } from '../../src/contract/failure';
import type { MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentMeta } from '../experiment/meta';
import { distinctFailures, noticeOf, provenanceOf } from '../experiment/provenance';
import { alignPeriod } from '../experiment/window';
import type { DataFrame } from '../sdk/frame';
import { chartStep } from '../sources/period';
import type { Period } from '../sources/period';
import type { QueryContext } from './context';
import type { DriftMeta } from './monitor-drift-frames';
import { driftBinsFrame, driftFrame } from './monitor-drift-frames';
import type { HeldHistograms } from './monitor-drift-histograms';
import { readHeldHistograms } from './monitor-drift-histograms';
import type { ComputedMethod, FindReference } from './monitor-drift-measures';
import {
  againstControl,
  againstPeriod,
  bandsOf,
  measureEach,
  measureOverTime,
  measureWhole,
  WHOLE_MODEL,
  wholeOverTime,
} from './monitor-drift-measures';
import { stepOf } from './step';
import { numericFrame, seriesMeta } from './table';

type ComputedDrift = MonitorQuery & { method: ComputedMethod };

/** A bucket must hold rows enough to be a distribution; those of less than an hour seldom do. */
const FINEST_STEP_MS = 3_600_000;

/** @throws FailureError when no source keeps histograms, or the reference names what is not there */
export async function answerDrift(
  query: ComputedDrift,
  context: QueryContext,
  experiment: Experiment | null,
  offline: readonly SourceReading[],
): Promise<DataFrame[]> {
  const { control } = experiment ?? { control: null };
  if (query.reference.kind === 'control' && control === null) {
    throw new FailureError({
      class: 'query',
      field: 'reference',
      message: 'Drift against the control needs an experiment whose control is known.',
      fix: 'Choose an experiment with a control, or compare with the previous or a fixed period.',
    });
  }
  const isOverTime = query.format === 'timeseries';
  const { range } = context;
  const bucketMs = isOverTime ? chartStep(range, stepOf(context, FINEST_STEP_MS), context.instance.settings.limits.points) : null; // prettier-ignore
  const period = alignPeriod(range, bucketMs ?? undefined);
  const isAgainstControl = query.reference.kind === 'control';
  const asked = isAgainstControl ? withControl(query, control) : query;
  const [current, before] = await Promise.all([
    readHeldHistograms(asked, context, experiment, period, bucketMs),
    isAgainstControl ? null : readHeldHistograms(asked, { ...context, isAlert: false }, experiment, referencePeriod(query, period), null), // prettier-ignore
  ]);
  const referenceOf = before ? againstPeriod(before.histograms) : againstControl(current.histograms, control);
  const answer: Answer = { query, current, referenceOf, meta: metaOf(context, experiment, offline, current, before) }; // prettier-ignore
  switch (query.format) {
    case 'table':
      return tables(answer);
    case 'numeric':
      return numbers(answer, experiment);
    case 'timeseries':
      return series(answer, bucketMs ?? FINEST_STEP_MS);
  }
}

/** The control is read along, even where only another variant is looked at. */
function withControl(query: ComputedDrift, control: string | null): ComputedDrift {
  const { variant = [] } = query.filters;
  return variant.length === 0 || control === null
    ? query
    : { ...query, filters: { ...query.filters, variant: [...new Set([...variant, control])] } };
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

interface Answer {
  query: ComputedDrift;
  current: HeldHistograms;
  referenceOf: FindReference;
  meta: DriftMeta;
}

function metaOf(
  { now }: QueryContext,
  experiment: Experiment | null,
  offline: readonly SourceReading[],
  current: HeldHistograms,
  before: HeldHistograms | null,
): DriftMeta {
  const failures = distinctFailures([...current.failures, ...(before?.failures ?? [])]);
  const uplift: UpliftMeta = {
    frame: 'drift',
    provenance: provenanceOf([...offline, ...current.readings], now),
    experiment: experiment ? experimentMeta(experiment, []) : undefined,
    failures,
  };
  const warnings = [...new Set([...current.warnings, ...(before?.warnings ?? [])])];
  const isWithoutCurrent = current.histograms.length === 0;
  const isWithoutReference = current.histograms.length > 0 && before?.histograms.length === 0;
  return {
    uplift,
    notices: [
      ...failures.map(noticeOf),
      ...warnings.map((text) => ({ severity: 'warning' as const, text })),
      ...(isWithoutCurrent ? [{ severity: 'info' as const, text: 'No histograms in the range.' }] : []),
      ...(isWithoutReference ? [{ severity: 'info' as const, text: 'No histograms in the reference period.' }] : []),
    ],
    executedQueryString: [...current.executed, ...(before?.executed ?? [])].join('\n'),
  };
}

/** Whether drift by feature is asked for, or that of whole models: over the features a filter leaves. */
const isByFeature = ({ by }: MonitorQuery): boolean => by.includes('feature');

function tables({ query, current, referenceOf, meta }: Answer): DataFrame[] {
  const features = measureEach(current.histograms, referenceOf, query.method);
  return [driftFrame(features, measureWhole(features), query, meta), driftBinsFrame(features, meta)];
}

/** One number a model, or a feature of one; labels that never change while the thing is the same. */
function numbers({ query, current, referenceOf, meta }: Answer, experiment: Experiment | null): DataFrame[] {
  const features = measureEach(current.histograms, referenceOf, query.method);
  const rows = isByFeature(query)
    ? features
    : measureWhole(features).map((whole) => ({ ...whole, labels: { ...whole.labels, feature: WHOLE_MODEL } }));
  const { notices, executedQueryString } = meta;
  const own = { ...(experiment ? { experiment: experiment.id } : {}), metric: query.metric };
  return rows.map(({ labels, value }) =>
    numericFrame(query.metric, { ...own, ...labels }, value, { notices, executedQueryString }),
  );
}

function series({ query, current, referenceOf, meta }: Answer, bucketMs: number): DataFrame[] {
  const isBucketwise = query.reference.kind === 'control';
  const features = measureOverTime(current.histograms, referenceOf, { method: query.method, bucketMs, isBucketwise });
  const shown = isByFeature(query) ? features : wholeOverTime(features);
  const asOf = Math.max(...current.readings.map((reading) => reading.asOf ?? -Infinity));
  const origin: FieldProvenance = {
    state: 'measured',
    source: 'calc',
    asOf: Number.isFinite(asOf) ? asOf : null,
    bands: bandsOf(query),
  };
  const { uplift, notices, executedQueryString } = meta;
  if (shown.length === 0) {
    // Why there is nothing to draw is an answer, too.
    return [{ name: query.metric, fields: [], meta: { executedQueryString, custom: { uplift }, notices } }];
  }
  return shown.map(({ labels, times, values }, index) => ({
    name: query.metric,
    fields: [
      { name: 'time', type: 'time', values: times },
      { name: query.metric, type: 'number', labels, config: { min: 0, custom: { uplift: origin } }, values },
    ],
    meta: seriesMeta(index, { executedQueryString, custom: { uplift }, notices }),
  }));
}
