/** The stores' names as people write them, for messages. */
import type { SourceName } from '../../src/calc/provenance';

export const SOURCE_TITLES: Record<SourceName, string> = {
  mlflow: 'MLflow’s PostgreSQL',
  prometheus: 'Prometheus',
  influx: 'InfluxDB',
};
