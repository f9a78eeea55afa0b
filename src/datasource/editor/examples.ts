/** Queries to start from, for the help beside the editor. */
import type { EditedQuery } from '../query';
import type { InfluxDialect } from '../../contract/settings';

export interface Example {
  title: string;
  why: string;
  query: EditedQuery;
}

const refId = 'A';

const INFLUX: Record<InfluxDialect, string> = {
  influxql: `SELECT mean("latency_ms") FROM "model_scoring" WHERE $timeFilter GROUP BY time($__interval), "variant" fill(none)`,
  flux: `from(bucket: v.bucket)
  |> range(start: v.timeRangeStart, stop: v.timeRangeStop)
  |> filter(fn: (r) => r._measurement == "model_scoring" and r._field == "latency_ms")
  |> aggregateWindow(every: v.windowPeriod, fn: mean, createEmpty: false)`,
  sql: `SELECT $__timeGroup(time, $__interval) AS time, variant, avg(latency_ms) AS latency_ms
FROM model_scoring WHERE $__timeFilter(time) GROUP BY 1, 2 ORDER BY 1`,
};

/**
 * @param dialect what the data source's InfluxDB is asked in
 * @param experiment whose examples they are: a name or a variable; empty leaves the choice to whoever takes one
 */
export const examplesFor = (dialect: InfluxDialect, experiment: string): Example[] => [
  {
    title: 'Is B better than A?',
    why: 'Every metric with its lift, interval and verdict, from the start of the test.',
    query: { refId, queryType: 'experiment', experiment, format: 'table' },
  },
  {
    title: 'Where does it lose?',
    why: 'The same inside each region: a variant may win overall and lose somewhere.',
    query: { refId, queryType: 'experiment', experiment, format: 'table', breakdown: 'region' },
  },
  {
    title: 'How did the answer come about?',
    why: 'The replay: estimate and bounds as they were at every moment since the start.',
    query: { refId, queryType: 'experiment', experiment, format: 'timeseries', metric: 'accuracy' },
  },
  {
    title: 'Page me when B is worse',
    why: 'The sequential p-value, for an alert rule: right at the false-alarm rate you chose, however often it looks.',
    query: { refId, queryType: 'experiment', experiment, format: 'numeric', value: 'seq_p' },
  },
  {
    title: 'What is it worth?',
    why: 'Money at full rollout with its interval, return and payback.',
    query: { refId, queryType: 'impact', experiment, format: 'table' },
  },
  {
    title: 'Does the model drift?',
    why: 'Predictions and features against the period before, by the population stability index.',
    query: {
      refId,
      queryType: 'monitor',
      experiment,
      metric: 'drift',
      method: 'psi',
      by: ['variant', 'feature'],
      format: 'table',
    },
  },
  {
    title: 'Runs of an experiment',
    why: 'MLflow’s newest runs with their accuracy.',
    query: { refId, queryType: 'mlflow', mode: 'builder', list: 'runs', experiment, keys: ['accuracy'] },
  },
  {
    title: 'Requests a second, by variant',
    why: 'PromQL of your own; a variable that holds several values, as in {model_name=~"$variant"}, is a set of alternatives.',
    query: {
      refId,
      queryType: 'prometheus',
      expr: 'sum by (model_name) (rate(ab_test_requests_total[$__rate_interval]))',
      legend: '{{model_name}}',
    },
  },
  {
    title: 'Latency, by variant',
    why: 'A reading statement to InfluxDB, in the dialect of this data source.',
    query: { refId, queryType: 'influx', query: INFLUX[dialect] },
  },
  {
    title: 'Which store is away?',
    why: 'State, latency and newest sample of each source.',
    query: { refId, queryType: 'status', format: 'table' },
  },
];
