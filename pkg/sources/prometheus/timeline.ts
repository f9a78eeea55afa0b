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
  for (const expression of expressions) {
    executed.push(expression);
    const reply = await reader.api.queryRange(expression, grid, signal);
    reply.warnings.forEach((warning) => warnings.add(`Prometheus: ${warning}`));
    const series = reply.value.map(({ labels, times, values }) => ({
      labels: Object.fromEntries(by.map(({ dimension, label }) => [dimension, labels[label] ?? ''])),
      times,
      values: values.map((value) => (Number.isFinite(value) ? value : Number.NaN)),
    }));
    if (series.length > 0) {
      const newest = Math.max(...series.map(({ times }) => times.at(-1) ?? -Infinity));
      return { series, newestSample: Number.isFinite(newest) ? newest : null, warnings: [...warnings], executed };
    }
  }
  return { series: [], newestSample: null, warnings: [...warnings], executed };
}

/** Expressions to try in order; none when the mapping does not offer the metric. */
function expressionsOf(
  mapping: PrometheusMapping,
  request: TimelineRequest,
  labels: readonly string[],
  lookback: string,
  stepMs: number,
): string[] {
  const matchers = dimensionMatchers(mapping, request.experiment, request.filters);
  const fill = (selector: string | null) => (selector === null ? null : fillSelector(selector, matchers));
  const sum = (selector: string) => `sum ${grouping(labels)} (rate(${selector}[${lookback}]))`;
  const requests = sum(fillSelector(mapping.requests, matchers));
  const errors = fill(mapping.errors);
  const fallback = fill(mapping.errorsFallback);
  // Series by series the first that has data: the errors' own counter, errors by status, else requests without errors.
  const knownErrors = [errors, fallback].filter((selector) => selector !== null).map(sum);
  const allErrors = knownErrors.length > 0 ? `(${[...knownErrors, `0 * ${requests}`].join(' or ')})` : null;
  const toMs = mapping.scale * MS_PER_SECOND;
  const present = (...expressions: Array<string | null>) => expressions.filter((expression) => expression !== null);
  switch (request.metric) {
    case 'requests':
      return [`${String(SECONDS_PER_MINUTE)} * ${requests}`];
    case 'errors':
      return present(allErrors && `${String(stepMs / MS_PER_SECOND)} * ${allErrors}`);
    case 'error_rate':
      return present(allErrors && `${allErrors} / ${requests}`);
    case 'latency_mean_ms': {
      const total = fill(mapping.sum);
      const count = fill(mapping.count);
      return present(total && count && `${String(toMs)} * ${sum(total)} / ${sum(count)}`);
    }
    case 'latency_p95_ms': {
      const bucket = fill(mapping.bucket);
      const summed = bucket && `sum ${grouping([...labels, 'le'])} (rate(${bucket}[${lookback}]))`;
      return present(summed && `${String(toMs)} * histogram_quantile(0.95, ${summed})`);
    }
    case 'accuracy': {
      const correct = fill(mapping.correct);
      const labelled = fill(mapping.labelled);
      const gauge = fill(mapping.accuracyGauge);
      const divisor = mapping.accuracyGaugeScale === 'percent' ? ' / 100' : '';
      const averaged = gauge && `avg ${grouping(labels)} (avg_over_time(${gauge}[${lookback}]))${divisor}`;
      return present(correct && labelled && `${sum(correct)} / ${sum(labelled)}`, averaged);
    }
    case 'prediction':
    case 'rows_scored':
    case 'drift':
      return [];
  }
}
