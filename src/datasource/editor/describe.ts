/** A query in words: `enhanced against baseline on accuracy and latency p95 ms, sequential, 5 %, since 3 March`. */
import { DEFAULT_ALPHA } from '../../contract/experiment';
import type { ExperimentChoice } from '../../contract/resources';
import type { EditedQuery, EditedQueryOf } from '../query';
import { labelOf } from './values';

/** What of the chosen experiment the words need; null while it is not known, or not any more. */
export type Known = ExperimentChoice | null;

const spoken = (name: string): string => name.replaceAll('_', ' ');

/** `a`, `a and b`, `a, b and c`. */
function enumerate(names: readonly string[]): string {
  const [last = '', ...others] = [...names].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}

/** `3 March`, with the year where it is not this one. */
export function formatDay(instant: number, timeZone: string, now: number): string {
  const year = (at: number) => new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone }).format(at);
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone,
    ...(year(instant) !== year(now) && { year: 'numeric' }),
  }).format(instant);
}

const percent = (share: number): string => `${String(Number((share * 100).toPrecision(3)))} %`;

/** The query's meaning in one sentence, or what is still missing. */
export function describeQuery(query: EditedQuery, known: Known, now: number): string {
  switch (query.queryType) {
    case 'experiment':
      return describeExperiment(query, known, now);
    case 'impact': {
      const { experiment = '', variant } = query;
      if (experiment === '') {
        return 'Choose an experiment.';
      }
      const own = Object.keys(query.business ?? {}).length > 0 ? ', under business parameters of its own' : '';
      return `What ${variant ?? 'the leading variant'} is worth at full rollout in ${known?.name ?? experiment}${own}`;
    }
    case 'overview':
      return query.experiment === undefined || query.experiment === ''
        ? 'Every experiment with its status, and the live numbers'
        : `Status and live numbers of ${known?.name ?? query.experiment}`;
    case 'monitor':
      return describeMonitor(query, known);
    case 'annotations': {
      const kinds = query.kinds?.length ? enumerate(query.kinds) : 'runs, promotions, verdicts and alerts';
      return `Marks ${kinds}${query.experiment ? ` of ${known?.name ?? query.experiment}` : ''}`;
    }
    case 'status':
      return 'How MLflow, Prometheus and InfluxDB answer right now';
    case 'prometheus':
      return query.instant ? 'One value a series, at the end of the range' : 'A series a result, over the range';
    case 'influx':
      return 'A reading statement, asked of InfluxDB';
    case 'mlflow':
      return describeMlflow(query);
  }
}

/** The query where only one line of text has a place: a statement of one's own as it is, anything else in words. */
export function summarizeQuery(query: EditedQuery, now: number): string {
  switch (query.queryType) {
    case 'prometheus':
      return query.expr ?? '';
    case 'influx':
      return query.query ?? '';
    case 'mlflow':
      return query.mode === 'builder' ? describeQuery(query, null, now) : (query.rawSql ?? '');
    default:
      return describeQuery(query, null, now);
  }
}

function describeExperiment(query: EditedQueryOf<'experiment'>, known: Known, now: number): string {
  const { experiment = '', definition, format, value, window = 'experiment' } = query;
  if (experiment === '') {
    return 'Choose an experiment.';
  }
  const control = definition?.control ?? known?.control ?? 'the control';
  const treatments = query.variants?.length
    ? query.variants
    : (known?.variants ?? []).filter((variant) => variant !== control);
  const compared = `${treatments.length > 0 ? enumerate(treatments) : experiment} against ${control}`;
  const metrics =
    format === 'numeric' || format === 'timeseries'
      ? [query.metric ?? ''].filter((metric) => metric !== '')
      : query.metrics?.map(({ id }) => id);
  const on = metrics?.length ? ` on ${enumerate(metrics.map(spoken))}` : '';
  const by = query.breakdown ? `, by ${spoken(query.breakdown)}` : '';
  const method = query.method === 'fixed' ? 'one look' : 'sequential';
  const start = definition?.start === undefined ? known?.start : Date.parse(definition.start);
  const since =
    window === 'range'
      ? 'over the dashboard’s range, descriptive only'
      : start === undefined
        ? 'from its start'
        : start === null || Number.isNaN(start)
          ? 'without a known start: no verdict'
          : `since ${formatDay(start, known?.timeZone ?? 'UTC', now)}`;
  const sentence = `${compared}${on}${by}, ${method}, ${percent(definition?.alpha ?? known?.alpha ?? DEFAULT_ALPHA)}, ${since}`;
  switch (format) {
    case 'numeric':
      return value === undefined ? `Choose a value: ${sentence}` : `${labelOf(value)} as one number: ${sentence}`;
    case 'timeseries':
      return `Replay of ${sentence}`;
    case 'table':
    case undefined:
      return sentence;
  }
}

function describeMonitor(query: EditedQueryOf<'monitor'>, known: Known): string {
  const of = query.experiment ? ` of ${known?.name ?? query.experiment}` : '';
  const filtered = Object.entries(query.filters ?? {}).filter(([, values]) => values.length > 0);
  const only = filtered.length
    ? `, only ${enumerate(filtered.map(([name, values]) => `${spoken(name)} ${values.join(' or ')}`))}`
    : '';
  switch (query.view) {
    case 'facts':
      return `What is deployed${of}${only}`;
    case 'alerts':
      return `Alerts${of}${only}`;
    case 'series':
    case undefined: {
      const by = query.by ?? ['variant'];
      const split = by.length > 0 ? ` by ${enumerate(by.map(spoken))}` : '';
      const before = query.change || query.withPrevious ? ', with the period before' : '';
      return `${spoken(query.metric ?? 'requests')}${of}${split}${only}${before}`;
    }
  }
}

function describeMlflow(query: EditedQueryOf<'mlflow'>): string {
  if (query.mode !== 'builder') {
    return 'A read-only statement on MLflow’s tables';
  }
  const { list = 'runs', experiment = '', keys = [], limit = 100, inRange = false } = query;
  const of = experiment === '' ? 'all experiments' : experiment;
  const named = keys.length > 0 ? ` (${enumerate(keys)})` : '';
  return `The newest ${String(limit)} ${spoken(list)}${named} of ${of}${inRange ? ' in the dashboard’s range' : ''}`;
}
