/** Queries of Grafana's own data sources for Prometheus, InfluxDB and PostgreSQL as ours. */
import type { DataQuery } from '@grafana/schema';
import { readQuery, type EditedQuery } from './query';

/** What each data source's queries become; the fields they share are read by the migration. */
const TYPES: Readonly<Record<string, EditedQuery['queryType']>> = {
  prometheus: 'prometheus',
  influxdb: 'influx',
  'grafana-postgresql-datasource': 'mlflow',
  postgres: 'mlflow',
};

/** The query in our terms; null when it comes from a store we do not ask, or holds no statement of one's own. */
export function importedQuery(query: DataQuery, originType: string): EditedQuery | null {
  const queryType = TYPES[originType];
  if (queryType === undefined) {
    return null;
  }
  const read = readQuery({ ...query, datasource: undefined, queryType }, undefined);
  switch (read?.queryType) {
    case 'prometheus':
      return read.expr ? read : null;
    case 'influx':
      return read.query ? read : null;
    case 'mlflow':
      return read.rawSql ? { ...read, mode: 'sql' } : null;
    default:
      return null;
  }
}
