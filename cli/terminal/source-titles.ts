import type { SourceName } from '../../src/calc/provenance';

/** The sources as people write them. */
export const SOURCE_TITLES: Readonly<Record<SourceName, string>> = {
  mlflow: 'MLflow',
  prometheus: 'Prometheus',
  influx: 'InfluxDB',
};
