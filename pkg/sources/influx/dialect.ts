/**
 * What the InfluxDB source asks of a query language. The source composes every answer of these few questions, so that
 * InfluxQL, Flux and SQL differ in one folder each and nowhere else.
 */
import type { RawAnswer, RawRequest } from '../capabilities/raw';
import type { Period } from '../period';

/** One column of an aggregate; `as` names it in the answer. */
export type Aggregate =
  | { as: string; kind: 'sum' | 'mean' | 'last' | 'max'; field: string }
  /** Σ field·weight over points that have both. */
  | { as: string; kind: 'weighted-sum'; field: string; weight: string }
  /** Σ weight over points that have both: what the weighted sum is to be divided by. */
  | { as: string; kind: 'weight-sum'; field: string; weight: string };

export interface TagFilter {
  tag: string;
  /** One of these. */
  values: readonly string[];
}

export interface AggregateRequest {
  measurement: string;
  columns: readonly Aggregate[];
  filters: readonly TagFilter[];
  /** Tags the answer is grouped by. */
  by: readonly string[];
  /** Always bounded: an open range would read the whole store. */
  period: Period;
  /** Width of the time buckets, ms, aligned to the epoch; null: one row a group. */
  bucketMs: number | null;
}

/** One group's rows. Columns have the length of `times`; NaN where a row lacks the value. */
export interface AggregateSeries {
  tags: Record<string, string>;
  /** Bucket starts, epoch ms; for an answer without buckets one time, of no meaning. */
  times: Float64Array;
  columns: Record<string, Float64Array>;
}

/** Why an aggregate is nothing. */
export const missingField = (measurement: string, field: string): string =>
  `InfluxDB’s “${measurement}” has no field “${field}”: name another in mapping.influx, or let the job write it.`;

export interface Reply<T> {
  value: T;
  warnings: string[];
  executed: string[];
}

export interface DialectProbe {
  version: string | null;
  /** What our own user may do beyond reading, in words. */
  warnings: string[];
}

export interface InfluxDialect {
  /** Server and rights. @throws FailureError */
  probe(signal: AbortSignal): Promise<DialectProbe>;
  measurements(signal: AbortSignal): Promise<string[]>;
  aggregate(request: AggregateRequest, signal: AbortSignal): Promise<Reply<AggregateSeries[]>>;
  /** When each group was first and last seen with this field; a group without a point is absent. */
  sampleTimes(request: GroupedSampleRequest, signal: AbortSignal): Promise<Reply<GroupTimes[]>>;
  /** Time of the newest point with this field, epoch ms; null without one. */
  newestSample(request: SampleRequest, signal: AbortSignal): Promise<number | null>;
  tagValues(request: TagValuesRequest, signal: AbortSignal): Promise<string[]>;
  /** The latest text of a field in each group. */
  lastText(request: GroupedSampleRequest, signal: AbortSignal): Promise<GroupText[]>;
  /** A statement somebody typed. @throws FailureError also for one that does more than read */
  raw(request: RawRequest, limits: RawLimits, signal: AbortSignal): Promise<Omit<RawAnswer, 'endpoint'>>;
}

export interface RawLimits {
  rows: number;
  /** Buckets a series. */
  points: number;
}

/** Points with a field. */
export interface SampleRequest {
  measurement: string;
  field: string;
  filters: readonly TagFilter[];
  period: Period;
}

export interface TagValuesRequest {
  measurement: string;
  tag: string;
  filters: readonly TagFilter[];
}

export interface GroupedSampleRequest extends SampleRequest {
  by: readonly string[];
}

/** Epoch ms. */
export interface GroupTimes {
  tags: Record<string, string>;
  first: number;
  newest: number;
}

export interface GroupText {
  tags: Record<string, string>;
  text: string;
}
