/** A monitoring metric over time, for charts. Each point looks back over one step, as Grafana's own charts do. */
import type { PrometheusMapping } from '../../../src/contract/settings';
import type { Timeline, TimelineRequest } from '../capabilities/timeline';
import { chartGrid } from './grid';
import { duration, fillSelector, grouping } from './promql';
import { dimensionMatchers, labelOf } from './selectors';
import type { TrafficReader } from './traffic-question';

/** `rate()` needs at least two samples, and with four a missed scrape leaves no hole; 30 s is a usual scrape interval. */
const SHORTEST_LOOKBACK_MS = 120_000;
const MS_PER_SECOND = 1000;
const SECONDS_PER_MINUTE = 60;

/** @throws FailureError */
export async function readTimeline(
  reader: TrafficReader,
  request: TimelineRequest,
  signal: AbortSignal,
): Promise<Omit<Timeline, 'endpoint'>> {
  const { mapping } = reader;
  const { period } = request;
  const grid =
    request.stepMs === null
      ? { start: period.to, end: period.to, stepMs: period.to - period.from }
      : chartGrid(period, request.stepMs, reader.maxPoints);
  const by = request.by.map((dimension) => ({ dimension, label: labelOf(mapping, dimension) }));
  const lookback = duration(Math.max(grid.stepMs, SHORTEST_LOOKBACK_MS));
  const expressions = expressionsOf(
    mapping,
    request,
    by.map(({ label }) => label),
    lookback,
    grid.stepMs,
  );
  if (expressions.length === 0) {
    const warnings = [`Prometheus holds no ${request.metric.replaceAll('_', ' ')} (mapping.prometheus).`];
    return { series: [], newestSample: null, warnings, executed: [] };
  }
  const warnings = new Set<string>();
  if (request.stepMs !== null && grid.stepMs > Math.max(request.stepMs, MS_PER_SECOND)) {
    warnings.add(
      `The step is ${duration(grid.stepMs)}, because a series may have ${String(reader.maxPoints)} points at most.`,
    );
  }
  const executed: string[] = [];
  // The next expression is only asked when the one before it finds nothing: counters before a gauge.
  for (const { expression, counter } of expressions) {
    executed.push(expression);
    const [reply, seen] = await Promise.all([
      reader.api.queryRange(expression, grid, signal),
      // A chart's last point is older than what is in the store: with steps of an hour it would always look stale.
      reader.api.query(`max(timestamp(${counter}))`, period.to, signal),
    ]);
    reply.warnings.forEach((warning) => warnings.add(`Prometheus: ${warning}`));
    const series = reply.value.map(({ labels, times, values }) => ({
      labels: Object.fromEntries(by.map(({ dimension, label }) => [dimension, labels[label] ?? ''])),
      times,
      values: values.map((value) => (Number.isFinite(value) ? value : Number.NaN)),
    }));
    if (series.length > 0) {
      const lastPoint = Math.max(...series.map(({ times }) => times.at(-1) ?? -Infinity));
      const newest = seen.value[0] === undefined ? lastPoint : seen.value[0].value * MS_PER_SECOND;
      return { series, newestSample: Number.isFinite(newest) ? newest : null, warnings: [...warnings], executed };
    }
  }
  return { series: [], newestSample: null, warnings: [...warnings], executed };
}

interface Expression {
  expression: string;
  /** The series whose newest sample tells how current the chart is. */
  counter: string;
}

/** Expressions to try in order; none when the mapping does not offer the metric. */
function expressionsOf(
  mapping: PrometheusMapping,
  request: TimelineRequest,
  labels: readonly string[],
  lookback: string,
  stepMs: number,
): Expression[] {
  const matchers = dimensionMatchers(mapping, request.experiment, request.filters);
  const fill = (selector: string | null) => (selector === null ? null : fillSelector(selector, matchers));
  const sum = (selector: string) => `sum ${grouping(labels)} (rate(${selector}[${lookback}]))`;
  const counted = fillSelector(mapping.requests, matchers);
  const requests = sum(counted);
  const errors = fill(mapping.errors);
  const fallback = fill(mapping.errorsFallback);
  // Series by series the first that has data: the errors' own counter, errors by status, else requests without errors.
  const knownErrors = [errors, fallback].filter((selector) => selector !== null).map(sum);
  const allErrors = knownErrors.length > 0 ? `(${[...knownErrors, `0 * ${requests}`].join(' or ')})` : null;
  const toMs = mapping.scale * MS_PER_SECOND;
  const one = (expression: string | null, counter: string | null): Expression[] =>
    expression === null || counter === null ? [] : [{ expression, counter }];
  switch (request.metric) {
    case 'requests':
      return one(`${String(SECONDS_PER_MINUTE)} * ${requests}`, counted);
    case 'errors':
      return one(allErrors && `${String(stepMs / MS_PER_SECOND)} * ${allErrors}`, counted);
    case 'error_rate':
      return one(allErrors && `${allErrors} / ${requests}`, counted);
    case 'latency_mean_ms': {
      const total = fill(mapping.sum);
      const count = fill(mapping.count);
      return one(total && count && `${String(toMs)} * ${sum(total)} / ${sum(count)}`, count);
    }
    case 'latency_p95_ms': {
      const bucket = fill(mapping.bucket);
      const summed = bucket && `sum ${grouping([...labels, 'le'])} (rate(${bucket}[${lookback}]))`;
      return one(summed && `${String(toMs)} * histogram_quantile(0.95, ${summed})`, bucket);
    }
    case 'accuracy': {
      const correct = fill(mapping.correct);
      const labelled = fill(mapping.labelled);
      const gauge = fill(mapping.accuracyGauge);
      const divisor = mapping.accuracyGaugeScale === 'percent' ? ' / 100' : '';
      const averaged = gauge && `avg ${grouping(labels)} (avg_over_time(${gauge}[${lookback}]))${divisor}`;
      return [...one(correct && labelled && `${sum(correct)} / ${sum(labelled)}`, labelled), ...one(averaged, gauge)];
    }
    case 'prediction':
    case 'rows_scored':
    case 'drift':
      return [];
  }
}
