/** The questions the data source answers, as the query editor offers them. */
import type { EditedQuery } from '../query';
import { querySchema } from '../../contract/query';

export type QueryType = EditedQuery['queryType'];

interface QueryTypeChoice {
  value: QueryType;
  label: string;
  description: string;
}

export const QUERY_TYPES: QueryTypeChoice[] = [
  { value: 'experiment', label: 'Experiment', description: 'Is B better than A, by how much, how sure' },
  { value: 'impact', label: 'Business impact', description: 'What the difference is worth at full rollout' },
  { value: 'overview', label: 'Overview', description: 'Every experiment with its status, and the live numbers' },
  { value: 'monitor', label: 'Monitor', description: 'A deployed model over time: requests, latency, errors, drift' },
  { value: 'status', label: 'Source status', description: 'How each store answers, and how fresh it is' },
  {
    value: 'annotations',
    label: 'Annotations',
    description: 'Runs, promotions, verdicts and alerts to mark on a chart',
  },
  { value: 'prometheus', label: 'PromQL', description: 'A query of your own to Prometheus' },
  { value: 'influx', label: 'InfluxDB', description: 'A query of your own: InfluxQL, Flux or SQL' },
  { value: 'mlflow', label: 'MLflow', description: 'Runs, metrics, params and versions, or SQL of your own' },
];

/** Fields any query may have, which no query type claims. */
const COMMON: ReadonlySet<string> = new Set(['refId', 'key', 'hide', 'datasource', 'experiment']);

const fieldsOf = (queryType: QueryType): string[] =>
  querySchema.options.flatMap(({ shape }) => (shape.queryType.value === queryType ? Object.keys(shape) : []));

/** The query after its type was changed: what is not the old type's own stays, the rest starts from the new one's defaults. */
export function withQueryType(query: EditedQuery, queryType: QueryType): EditedQuery {
  const own = new Set(fieldsOf(query.queryType).filter((field) => !COMMON.has(field)));
  const kept = Object.fromEntries(Object.entries(query).filter(([field]) => !own.has(field)));
  const common = { ...kept, refId: query.refId };
  switch (queryType) {
    case 'experiment':
    case 'impact':
    case 'overview':
    case 'monitor':
    case 'annotations':
    case 'status':
    case 'prometheus':
    case 'influx':
      return { ...common, queryType };
    case 'mlflow':
      return { ...common, queryType, mode: 'builder' };
  }
}
