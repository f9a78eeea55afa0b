/**
 * Provenance: how an answer, and each value in it, was obtained (design §7).
 *
 * A *level* describes a whole answer; a *state* describes one value. Both travel with the numbers through every layer.
 */

export const SOURCE_NAMES = ['mlflow', 'prometheus', 'influx'] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

/** The stores' names as people write them. */
export const SOURCE_LABELS: Readonly<Record<SourceName, string>> = {
  mlflow: 'MLflow',
  prometheus: 'Prometheus',
  influx: 'InfluxDB',
};

/** `measured` by a store; `estimated` from another source or kept from earlier; `simulated`; `missing`: no number at all. */
export const VALUE_STATES = ['measured', 'estimated', 'simulated', 'missing'] as const;
export type ValueState = (typeof VALUE_STATES)[number];

export const LEVELS = ['live', 'operational', 'model', 'simulated', 'no-data'] as const;
export type Level = (typeof LEVELS)[number];

/** The levels as badges and captions write them. */
export const LEVEL_LABELS: Readonly<Record<Level, string>> = {
  live: 'LIVE',
  operational: 'OPERATIONAL',
  model: 'MODEL',
  simulated: 'SIMULATED',
  'no-data': 'NO DATA',
};

/** What one source contributed to an answer. */
export interface SourceReading {
  source: SourceName;
  /** `off`: not configured. `empty`: it answered, with nothing for this experiment. `stale`: its newest sample is past its limit. */
  state: 'ok' | 'stale' | 'empty' | 'down' | 'off';
  /** Which endpoint answered: `primary`, `backup-1`, …; never a host. */
  endpoint: string;
  /** Time of the newest underlying sample, epoch ms; null when there is none. */
  asOf: number | null;
  /** Why it is not `ok`, in words, free of hosts and credentials. */
  reason?: string;
  /** Epoch ms at which the earlier answer was read that stands in for this source; absent when none does. */
  keptAt?: number;
}

export interface Provenance {
  level: Level;
  sources: SourceReading[];
  /** Epoch ms at which the answer was put together. */
  answeredAt: number;
}

/** The name a level has in the seed's `data_source` field. */
export const DATA_SOURCE_WORDS: Record<Level, string> = {
  live: 'REAL_PRODUCTION_DATA',
  operational: 'OPERATIONAL_DATA',
  model: 'MODEL_DATA',
  simulated: 'SIMULATED_DATA',
  'no-data': 'NO_DATA',
};

/**
 * The level of an answer from what its sources contributed: MLflow with an operational source is live, an operational
 * source alone operational, MLflow alone model. Where none answers, an earlier answer may stand in, which is never live;
 * otherwise nothing measured stands behind it.
 */
export function levelOf(readings: readonly SourceReading[], simulated = false): Level {
  const answers = (source: SourceName) =>
    readings.some((reading) => reading.source === source && (reading.state === 'ok' || reading.state === 'stale'));
  const operational = answers('prometheus') || answers('influx');
  if (operational) {
    return answers('mlflow') ? 'live' : 'operational';
  }
  if (answers('mlflow')) {
    return 'model';
  }
  const kept = readings.filter(({ keptAt }) => keptAt !== undefined);
  if (kept.length > 0) {
    return kept.some(({ source }) => source !== 'mlflow') ? 'operational' : 'model';
  }
  return simulated ? 'simulated' : 'no-data';
}
