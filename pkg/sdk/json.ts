/** A frame as Grafana's `/api/ds/query` returns it: the shape its Go SDK writes (data/frame_json.go). */
import { countRows, type DataFrame, type Field, type FieldConfig, type FrameMeta, type Labels } from './frame';

type JsonValue = number | string | boolean | null;

export interface GrafanaFieldSchema {
  name?: string;
  type: 'time' | 'number' | 'string' | 'boolean';
  typeInfo: { frame: 'time.Time' | 'float64' | 'string' | 'bool'; nullable: true };
  labels?: Labels;
  config?: FieldConfig;
}

/** Rows whose value JSON cannot hold; the value itself is null. */
export interface FieldEntities {
  NaN?: number[];
  Inf?: number[];
  NegInf?: number[];
}

export interface GrafanaFrame {
  schema: {
    name?: string;
    refId?: string;
    meta?: FrameMeta;
    fields: GrafanaFieldSchema[];
  };
  data: {
    values: JsonValue[][];
    /** One a field, null where a field has none; absent when no field has any. */
    entities?: Array<FieldEntities | null>;
    /** Nanoseconds beyond the millisecond, per time field. */
    nanos?: Array<number[] | null>;
  };
}

interface FieldData {
  values: JsonValue[];
  entities: FieldEntities | null;
  nanos: number[] | null;
}

const GO_TYPES = { time: 'time.Time', number: 'float64', string: 'string', boolean: 'bool' } as const;

function toFieldSchema(field: Field): GrafanaFieldSchema {
  return {
    ...(field.name === '' ? {} : { name: field.name }),
    type: field.type,
    typeInfo: { frame: GO_TYPES[field.type], nullable: true },
    ...(field.labels && { labels: field.labels }),
    ...(field.config && { config: field.config }),
  };
}

function entityOf(value: number): keyof FieldEntities {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Inf' : 'NegInf';
}

function numberData(source: ReadonlyArray<number | null> | Float64Array): FieldData {
  const values = new Array<JsonValue>(source.length);
  let entities: FieldEntities | null = null;
  for (let row = 0; row < source.length; row++) {
    const value = source[row] ?? null;
    if (value === null || Number.isFinite(value)) {
      values[row] = value;
      continue;
    }
    values[row] = null;
    entities ??= {};
    (entities[entityOf(value)] ??= []).push(row);
  }
  return { values, entities, nanos: null };
}

function timeData(source: ReadonlyArray<number | null> | Float64Array): FieldData {
  const values = new Array<JsonValue>(source.length);
  let nanos: number[] | null = null;
  for (let row = 0; row < source.length; row++) {
    const value = source[row] ?? NaN;
    if (Number.isNaN(value)) {
      values[row] = null;
      continue;
    }
    const ms = Math.floor(value);
    values[row] = ms;
    const beyond = Math.round((value - ms) * 1e6);
    if (beyond > 0) (nanos ??= new Array<number>(source.length).fill(0))[row] = beyond;
  }
  return { values, entities: null, nanos };
}

function toFieldData(field: Field): FieldData {
  switch (field.type) {
    case 'time':
      return timeData(field.values);
    case 'number':
      return numberData(field.values);
    case 'string':
    case 'boolean':
      return { values: [...field.values], entities: null, nanos: null };
  }
}

/**
 * Writes a frame in Grafana's JSON. NaN and ±Inf become null and are listed in `entities`; a NaN time is null.
 * @throws RangeError when fields differ in length.
 */
export function toGrafanaJson(frame: DataFrame): GrafanaFrame {
  countRows(frame);
  const columns = frame.fields.map(toFieldData);
  const entities = columns.map((column) => column.entities);
  const nanos = columns.map((column) => column.nanos);
  return {
    schema: {
      ...(frame.name && { name: frame.name }),
      ...(frame.refId && { refId: frame.refId }),
      // Grafana always states the version of a frame's type, [0,0] where none was given.
      ...(frame.meta && { meta: { ...frame.meta, typeVersion: frame.meta.typeVersion ?? [0, 0] } }),
      fields: frame.fields.map(toFieldSchema),
    },
    data: {
      values: columns.map((column) => column.values),
      ...(entities.some((entry) => entry !== null) && { entities }),
      ...(nanos.some((entry) => entry !== null) && { nanos }),
    },
  };
}
