/** The questions the data source answers, as the query editor offers them. */
import type { EditedQuery } from '../query';

interface QueryTypeChoice {
  value: EditedQuery['queryType'];
  label: string;
  description: string;
}

export const QUERY_TYPES: QueryTypeChoice[] = [
  { value: 'experiment', label: 'Experiment', description: 'Is B better than A, by how much, how sure' },
  { value: 'impact', label: 'Business impact', description: 'What the difference is worth at full rollout' },
  { value: 'overview', label: 'Overview', description: 'Every experiment with its status, and the live numbers' },
  { value: 'monitor', label: 'Monitor', description: 'A deployed model over time: requests, latency, errors, drift' },
  { value: 'status', label: 'Source status', description: 'How each store answers, and how fresh it is' },
  { value: 'prometheus', label: 'PromQL', description: 'A query of your own to Prometheus' },
  { value: 'influx', label: 'InfluxDB', description: 'A query of your own: InfluxQL, Flux or SQL' },
  { value: 'mlflow', label: 'MLflow SQL', description: 'A read-only query of your own to MLflow’s store' },
];

/** The query after its type was changed: what the types share stays, the rest starts from the type's defaults. */
export function withQueryType(query: EditedQuery, queryType: EditedQuery['queryType']): EditedQuery {
  const { refId, key, hide, datasource } = query;
  const experiment = 'experiment' in query ? query.experiment : undefined;
  const common = { refId, key, hide, datasource };
  switch (queryType) {
    case 'experiment':
    case 'impact':
    case 'overview':
    case 'monitor':
    case 'annotations':
      return { ...common, queryType, experiment };
    case 'status':
    case 'prometheus':
    case 'influx':
    case 'mlflow':
      return { ...common, queryType };
  }
}
