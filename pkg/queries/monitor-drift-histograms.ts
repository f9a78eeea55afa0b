/** The histograms that drift is computed from, of every store that keeps some. */
import type { SourceName, SourceReading } from '../../src/calc/provenance';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import type { MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentAlias } from '../experiment/definition';
import { tooOld } from '../experiment/evidence';
import type { FeatureHistogram } from '../sources/capabilities/histograms';
import type { Period } from '../sources/period';
import { askEach } from './ask-each';
import type { QueryContext } from './context';
import { filtersFor } from './monitor-filters';
import { inVariantOrder, labelsKey, ownLabels } from './monitor-labels';

export interface HeldHistogram extends FeatureHistogram {
  source: SourceName;
}

export interface HeldHistograms {
  histograms: HeldHistogram[];
  readings: SourceReading[];
  failures: Failure[];
  warnings: string[];
  executed: string[];
}

/**
 * A feature that several stores hold is taken from the first. An alert gets every store's or none: another store's
 * histogram under the same labels would be a stand-in.
 *
 * @throws FailureError when no configured store keeps histograms, or nothing is left
 */
export async function readHeldHistograms(
  query: MonitorQuery,
  context: QueryContext,
  experiment: Experiment | null,
  period: Period,
  bucketMs: number | null,
): Promise<HeldHistograms> {
  const { instance, isAlert, now } = context;
  const sources = [instance.sources.prometheus, instance.sources.influx].filter(
    (source) => source?.histograms && (query.store === undefined || source.name === query.store),
  );
  if (sources.length === 0) {
    throw new FailureError({
      class: 'config',
      field: query.store === undefined ? 'method' : 'store',
      message: 'No configured source keeps histograms to compute drift from.',
      fix: 'Configure Prometheus or InfluxDB, or use method: stored with what a drift job writes to InfluxDB.',
    });
  }
  const by = [...new Set([...query.by, 'variant'])].filter((dimension) => dimension !== 'feature');
  const { answers, readings, failures } = await askEach(
    sources,
    (source) =>
      instance.monitoring.histograms(
        source,
        {
          experiment: experiment && experimentAlias(experiment, source.name),
          by,
          filters: filtersFor(query, experiment, source.name),
          period,
          bucketMs,
        },
        context,
      ),
    ({ histograms, newestSample }) =>
      histograms.length > 0
        ? { state: 'ok', asOf: newestSample }
        : { state: 'empty', asOf: null, reason: 'no histograms in the range' },
  );
  const limitOf = (source: SourceName) => instance.settings.freshness[source];
  const stale = readings.filter(({ source, asOf }) => asOf !== null && now - asOf > limitOf(source) * 1000);
  const [failure] = [...failures, ...(isAlert ? stale.map((one) => tooOld(one, limitOf(one.source), now)) : [])];
  if (failure && (isAlert || answers.length === 0)) {
    throw new FailureError(failure);
  }
  const found = new Map<string, HeldHistogram>();
  for (const { source, answer } of answers) {
    for (const histogram of answer.histograms) {
      const labels = ownLabels(experiment, source.name, histogram.labels);
      const key = labelsKey(labels);
      if (!found.has(key)) {
        found.set(key, { ...histogram, labels, source: source.name });
      }
    }
  }
  return {
    histograms: inVariantOrder(experiment, [...found.values()]),
    readings,
    failures,
    warnings: [...new Set(answers.flatMap(({ answer }) => answer.warnings))],
    executed: answers.flatMap(({ answer }) => answer.executed),
  };
}
