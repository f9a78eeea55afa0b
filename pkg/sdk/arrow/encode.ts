import {
  Field as ArrowField,
  RecordBatch,
  Schema,
  Struct,
  Table,
  makeData,
  tableToIPC,
  type Data,
  type DataType,
} from 'apache-arrow';

import { countRows, type DataFrame, type Field } from '../frame';
import { encodeColumn } from './column';

function fieldMetadata(field: Field): Map<string, string> {
  const metadata = new Map([['name', field.name]]);
  if (field.labels) metadata.set('labels', JSON.stringify(field.labels));
  if (field.config) metadata.set('config', JSON.stringify(field.config));
  return metadata;
}

function frameMetadata(frame: DataFrame): Map<string, string> {
  const metadata = new Map([
    ['name', frame.name ?? ''],
    ['refId', frame.refId ?? ''],
  ]);
  if (frame.meta) metadata.set('meta', JSON.stringify(frame.meta));
  return metadata;
}

type Columns = Record<string, DataType>;

/**
 * Writes a frame as Grafana reads it: an Arrow IPC *file* of one record batch; every field nullable; name, refId and
 * meta in the schema's metadata, labels and config in the fields'.
 * @throws RangeError when fields differ in length or a time does not fit into 64-bit nanoseconds.
 */
export function encodeFrame(frame: DataFrame): Uint8Array {
  const length = countRows(frame);
  const children: Data[] = frame.fields.map(encodeColumn);
  const fields = frame.fields.map((field, i) => {
    const column = children[i];
    if (!column) throw new RangeError(`field ${field.name} has no column`);
    return new ArrowField(field.name, column.type, true, fieldMetadata(field));
  });
  const schema = new Schema<Columns>(fields, frameMetadata(frame));
  // A batch merges fields of one name, which a wide series has many of: it is made without any and given its schema after.
  const columns = makeData({ type: new Struct<Columns>(fields), length, nullCount: 0, children });
  const batch = Object.assign(new RecordBatch<Columns>(new Schema<Columns>([]), columns), { schema });
  return tableToIPC(new Table<Columns>(schema, [batch]), 'file');
}
