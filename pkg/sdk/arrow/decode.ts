import {
  DataType,
  RecordBatchReader,
  Vector,
  makeData,
  makeVector,
  type Data,
  type Field as ArrowField,
} from 'apache-arrow';
import type { z } from 'zod';

import type { DataFrame, Field, FieldConfig, Labels } from '../frame';
import { fieldConfigSchema, frameMetaSchema, labelsSchema } from '../frame-schema';
import { nanosecondsToEpochMs } from './nanoseconds';

/** @throws Error naming the key when the metadata is there but not what Grafana writes. */
function readMetadata<T>(metadata: Map<string, string>, key: string, schema: z.ZodType<T>): T | undefined {
  const text = metadata.get(key);
  if (text === undefined || text === '') return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`Arrow metadata "${key}" is not what a Grafana frame carries there`, { cause });
  }
}

function toNumber(value: unknown): number | null {
  switch (typeof value) {
    case 'number':
      return value;
    case 'bigint':
      return Number(value);
    default:
      return null;
  }
}

/** Every value of a column by its public reader; null where the column is null. */
function mapColumn<T>(column: Vector, read: (value: unknown) => T): T[] {
  return Array.from({ length: column.length }, (_, i) => read(column.get(i)));
}

/** Keeps the array typed where nothing is null: that is 8 bytes a value, and nothing to copy. */
function numberValues(column: Vector): Array<number | null> | Float64Array {
  if (column.nullCount > 0) return mapColumn(column, toNumber);
  const values: unknown = column.toArray();
  return values instanceof Float64Array
    ? values
    : Float64Array.from(mapColumn(column, (value) => toNumber(value) ?? NaN));
}

function timeValues(column: Vector): Array<number | null> | Float64Array {
  const raw: unknown = column.toArray();
  const isNanoseconds = DataType.isTimestamp(column.type) && raw instanceof BigInt64Array;
  if (!isNanoseconds || column.nullCount > 0) return mapColumn(column, toNumber);
  return nanosecondsToEpochMs(raw);
}

function decodeField(field: ArrowField, column: Vector): Field {
  const base: { name: string; labels?: Labels; config?: FieldConfig } = { name: field.name };
  const labels = readMetadata(field.metadata, 'labels', labelsSchema);
  const config = readMetadata(field.metadata, 'config', fieldConfigSchema);
  if (labels) base.labels = labels;
  if (config) base.config = config;

  const type: unknown = field.type;
  if (DataType.isTimestamp(type)) return { ...base, type: 'time', values: timeValues(column) };
  if (DataType.isFloat(type) || DataType.isInt(type)) return { ...base, type: 'number', values: numberValues(column) };
  if (DataType.isUtf8(type)) {
    return {
      ...base,
      type: 'string',
      values: mapColumn(column, (value) => (typeof value === 'string' ? value : null)),
    };
  }
  if (DataType.isBool(type)) {
    return {
      ...base,
      type: 'boolean',
      values: mapColumn(column, (value) => (typeof value === 'boolean' ? value : null)),
    };
  }
  throw new Error(
    `field ${field.name}: Arrow type ${String(type)} is not one a frame holds (time, number, text, bool)`,
  );
}

/**
 * Reads a frame from an Arrow IPC file. Columns without nulls come back as `Float64Array` where they are numbers or
 * times; times are epoch ms.
 * @throws Error when the bytes are no Arrow file, a column's type is not one of a frame's, or its metadata is broken.
 */
export function decodeFrame(bytes: Uint8Array): DataFrame {
  const reader = RecordBatchReader.from<Record<string, DataType>>(bytes).open();
  // The reader's schema, not the batches': those merge fields of one name, which a wide series has many of.
  const { metadata, fields } = reader.schema;
  const batches = reader.readAll();
  const frame: DataFrame = {
    fields: fields.map((field, i) => {
      const chunks = batches
        .map((batch) => batch.data.children[i])
        .filter((chunk): chunk is Data => chunk !== undefined);
      return decodeField(field, chunks.length > 0 ? new Vector(chunks) : makeVector(makeData({ type: field.type })));
    }),
  };
  const name = metadata.get('name');
  const refId = metadata.get('refId');
  const meta = readMetadata(metadata, 'meta', frameMetaSchema);
  if (name) frame.name = name;
  if (refId) frame.refId = refId;
  if (meta) frame.meta = meta;
  return frame;
}
