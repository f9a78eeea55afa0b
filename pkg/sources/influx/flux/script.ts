/** Building Flux: values bound through `v`, names of columns quoted, ranges always bounded, aggregation pushed down. */
import type { Period } from '../../period';
import type {
  Aggregate,
  AggregateRequest,
  GroupedSampleRequest,
  SampleRequest,
  TagFilter,
  TagValuesRequest,
} from '../dialect';
import type { ExternValue } from './extern';
import { quoteFlux } from './extern';

export interface Script {
  text: string;
  /** Members of `v` in the text. */
  values: Record<string, ExternValue>;
}

/** `schema` functions look back 30 days by themselves, less than an experiment may last; they read the index only. */
const INDEX_LOOK_BACK = '-365d';

class Binder {
  readonly values: Record<string, ExternValue>;

  constructor(bucket: string) {
    this.values = { bucket: { kind: 'string', value: bucket } };
  }

  bind(value: string): string {
    const name = `p${String(Object.keys(this.values).length)}`;
    this.values[name] = { kind: 'string', value };
    return `v.${name}`;
  }
}

const column = (name: string) => `r[${quoteFlux(name)}]`;
const list = (names: readonly string[]) => `[${names.map(quoteFlux).join(', ')}]`;

function conditions(measurement: string, filters: readonly TagFilter[], binder: Binder): string {
  const tags = filters
    .filter(({ values }) => values.length > 0)
    .map(({ tag, values }) => `(${values.map((value) => `${column(tag)} == ${binder.bind(value)}`).join(' or ')})`);
  return [`r._measurement == ${binder.bind(measurement)}`, ...tags].join(' and ');
}

function source({ from, to }: Period, measurement: string, filters: readonly TagFilter[], binder: Binder): string {
  const range = `range(start: ${new Date(from).toISOString()}, stop: ${new Date(to).toISOString()})`;
  return `data = from(bucket: v.bucket) |> ${range} |> filter(fn: (r) => ${conditions(measurement, filters, binder)})`;
}

/** One script with a result a column, named as the column. */
export function aggregateScript(request: AggregateRequest, bucket: string): Script {
  const binder = new Binder(bucket);
  const lines = [source(request.period, request.measurement, request.filters, binder)];
  for (const aggregate of request.columns) {
    lines.push(`data |> ${columnPipe(aggregate, request, binder)} |> yield(name: ${quoteFlux(aggregate.as)})`);
  }
  return { text: lines.join('\n'), values: binder.values };
}

function columnPipe(aggregate: Aggregate, request: AggregateRequest, binder: Binder): string {
  switch (aggregate.kind) {
    case 'sum':
    case 'max':
      return `filter(fn: (r) => r._field == ${binder.bind(aggregate.field)}) |> ${inTwoSteps(aggregate.kind, request)}`;
    case 'mean':
      return `filter(fn: (r) => r._field == ${binder.bind(aggregate.field)}) |> ${atOnce('mean', request)}`;
    case 'last':
      // A group's rows come series by series: without sorting the last one is not the latest.
      return `filter(fn: (r) => r._field == ${binder.bind(aggregate.field)}) |> ${atOnce('last', request, ' |> sort(columns: ["_time"])')}`;
    case 'weighted-sum':
    case 'weight-sum':
      return weighted(aggregate, request, binder);
  }
}

/** Series by series, which the storage engine does itself, and then over the series of a group. */
function inTwoSteps(fn: 'sum' | 'max', { by, bucketMs }: AggregateRequest): string {
  if (bucketMs === null) {
    return `${fn}() |> group(columns: ${list(by)}) |> ${fn}()`;
  }
  return `${windowed(fn, bucketMs)} |> group(columns: ${list([...by, '_time'])}) |> ${fn}() |> group(columns: ${list(by)})`;
}

function atOnce(fn: 'mean' | 'last' | 'sum', { by, bucketMs }: AggregateRequest, before = ''): string {
  return `group(columns: ${list(by)})${before} |> ${bucketMs === null ? `${fn}()` : windowed(fn, bucketMs)}`;
}

/** Buckets are named by their start, as the other stores name them. */
function windowed(fn: string, bucketMs: number): string {
  return `aggregateWindow(every: ${String(Math.round(bucketMs))}ms, fn: ${fn}, createEmpty: false, timeSrc: "_start")`;
}

function weighted(
  { kind, field, weight }: Extract<Aggregate, { weight: string }>,
  request: AggregateRequest,
  binder: Binder,
): string {
  const one = `float(v: ${column(weight)})`;
  const value = kind === 'weight-sum' ? one : `float(v: ${column(field)}) * ${one}`;
  return [
    `filter(fn: (r) => r._field == ${binder.bind(field)} or r._field == ${binder.bind(weight)})`,
    'pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value")',
    `filter(fn: (r) => exists ${column(field)} and exists ${column(weight)})`,
    `map(fn: (r) => ({r with _value: ${value}}))`,
    atOnce('sum', request),
  ].join(' |> ');
}

/** Results `first` and `last`, a row with its time a group. */
export function sampleTimesScript(request: GroupedSampleRequest, bucket: string): Script {
  return edgesScript(request, ['first', 'last'], bucket);
}

/** Result `last`, a row with its time. */
export function newestSampleScript(request: SampleRequest, bucket: string): Script {
  return edgesScript({ ...request, by: [] }, ['last'], bucket);
}

function edgesScript(
  { measurement, field, filters, by, period }: GroupedSampleRequest,
  edges: ReadonlyArray<'first' | 'last'>,
  bucket: string,
): Script {
  const binder = new Binder(bucket);
  const data = `${source(period, measurement, filters, binder)} |> filter(fn: (r) => r._field == ${binder.bind(field)})`;
  const results = edges.map(
    (fn) =>
      `data |> ${fn}() |> keep(columns: ${list(['_time', ...by])}) |> group(columns: ${list(by)}) |> sort(columns: ["_time"], desc: ${String(fn === 'last')}) |> limit(n: 1) |> yield(name: "${fn}")`,
  );
  return { text: [data, ...results].join('\n'), values: binder.values };
}

export function tagValuesScript({ measurement, tag, filters }: TagValuesRequest, bucket: string): Script {
  const binder = new Binder(bucket);
  const predicate = conditions(measurement, filters, binder);
  const text = `import "influxdata/influxdb/schema"\nschema.tagValues(bucket: v.bucket, tag: ${binder.bind(tag)}, predicate: (r) => ${predicate}, start: ${INDEX_LOOK_BACK})`;
  return { text, values: binder.values };
}

/** `schema.measurements` takes no start before InfluxDB 2.4; the measurement is a tag of the index like any other. */
export function measurementsScript(bucket: string): Script {
  const text = `import "influxdata/influxdb/schema"\nschema.tagValues(bucket: v.bucket, tag: "_measurement", predicate: (r) => true, start: ${INDEX_LOOK_BACK})`;
  return { text, values: new Binder(bucket).values };
}

export function lastTextScript(
  { measurement, field, filters, by, period }: GroupedSampleRequest,
  bucket: string,
): Script {
  const binder = new Binder(bucket);
  const data = source(period, measurement, filters, binder);
  const pipe = `data |> filter(fn: (r) => r._field == ${binder.bind(field)}) |> last() |> group(columns: ${list(by)}) |> sort(columns: ["_time"]) |> last()`;
  return { text: `${data}\n${pipe}`, values: binder.values };
}
