/** Points for InfluxDB in line protocol, times in seconds. Names of measurements, tags and fields: `docs`' default mapping. */
import type { SeededExperiment, SeededVariant } from '../scenario';
import type { BinPoint } from './bins';
import { binCounts } from './bins';
import { DRIFT_THRESHOLD, WHOLE_MODEL, type DriftReading } from './drift';
import type { ScoringPoint } from './scoring';

const escapeTag = (value: string): string => value.replace(/[,= ]/g, '\\$&');
const escapeText = (value: string): string => value.replace(/["\\]/g, '\\$&');
const seconds = (instant: number): number => Math.floor(instant / 1000);

function tags(
  experiment: SeededExperiment,
  variant: SeededVariant,
  version: string,
  own: Record<string, string> = {},
): string {
  const all = {
    deployment: experiment.id,
    deployment_mode: variant.role === 'shadow' ? 'shadow' : 'A/B test',
    deployment_type: 'real-time endpoint',
    environment: 'production',
    model_name: experiment.registeredModel,
    model_version: version,
    problem_type: experiment.problemType,
    variant: variant.name,
    ...own,
  };
  return Object.entries(all)
    .map(([name, value]) => `,${name}=${escapeTag(value)}`)
    .join('');
}

export function scoringLine(point: ScoringPoint): string {
  const fields = [
    `rows_scored=${point.rows}i`,
    `errors=${point.errors}i`,
    `latency_ms=${point.meanLatencyMs}`,
    `latency_p95_ms=${point.p95LatencyMs}`,
    `avg_prediction=${point.meanPrediction}`,
    `revenue=${point.revenue}`,
  ];
  return `model_scoring${tags(point.experiment, point.variant, point.version)} ${fields.join(',')} ${seconds(point.time)}`;
}

/** A point a feature and bin. */
export function binLines({ experiment, variant, version, time, counts }: BinPoint): string[] {
  return binCounts(counts).map(
    ({ feature, bin, rows }) =>
      `model_bins${tags(experiment, variant, version, { feature, bin })} rows_scored=${rows}i ${seconds(time)}`,
  );
}

/** One drift job's report: a point a feature, and the alerts it raises or clears. */
export function driftLines(
  experiment: SeededExperiment,
  variant: SeededVariant,
  version: string,
  readings: DriftReading[],
  instant: number,
): string[] {
  const at = seconds(instant);
  const lines: string[] = [];
  for (const { feature, psi } of readings) {
    const measured = tags(experiment, variant, version, { feature, method: 'psi' });
    lines.push(`model_drift${measured} value=${psi},threshold=${DRIFT_THRESHOLD} ${at}`);
    if (feature === 'basket_value' || feature === WHOLE_MODEL) {
      const limit = feature === WHOLE_MODEL ? 0.1 : DRIFT_THRESHOLD;
      const alert = feature === WHOLE_MODEL ? 'Overall drift' : `Drift of ${feature}`;
      const message = `PSI ${psi.toFixed(2)}, limit ${limit.toFixed(2)}, over 24 h against training data`;
      const severity = feature === WHOLE_MODEL ? 'warning' : 'critical';
      const raised = tags(experiment, variant, version, { alert, severity });
      lines.push(`model_alerts${raised} active=${psi > limit ? 1 : 0}i,message="${escapeText(message)}" ${at}`);
    }
  }
  return lines;
}
