/** The stores a data source has: one line each. A new store is one folder and one line here. */
import type { Logger } from 'pino';
import type { SourceName } from '../../src/calc/provenance';
import type { Secrets, Settings } from '../../src/contract/settings';
import { InfluxSource } from './influx/influx-source';
import { MlflowSource } from './mlflow/mlflow-source';
import { PrometheusSource } from './prometheus/prometheus-source';
import type { Source } from './source';

export type SourceSet = Partial<Record<SourceName, Source>>;

/** The configured stores. Nothing is connected before the first question. */
export function createSources(settings: Settings, secrets: Secrets, logger: Logger): SourceSet {
  const { mlflow, prometheus, influx, mapping, limits } = settings;
  const common = { secrets, limits, logger };
  return {
    ...(mlflow && { mlflow: new MlflowSource({ ...common, settings: mlflow, mapping: mapping.mlflow }) }),
    ...(prometheus && {
      prometheus: new PrometheusSource({ ...common, settings: prometheus, mapping: mapping.prometheus }),
    }),
    ...(influx && { influx: new InfluxSource({ ...common, settings: influx, mapping: mapping.influx }) }),
  };
}
