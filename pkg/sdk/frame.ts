/**
 * A typed data frame as Grafana knows it. Codecs live beside it: `arrow/` (Arrow IPC file ⇄ frame) and `json.ts`
 * (frame → the JSON that Grafana's `/api/ds/query` returns).
 */

export type Labels = Record<string, string>;

export interface DataLink {
  title: string;
  url: string;
  targetBlank?: boolean;
}

export interface FieldConfig {
  displayName?: string;
  displayNameFromDS?: string;
  unit?: string;
  decimals?: number;
  min?: number;
  max?: number;
  noValue?: string;
  description?: string;
  /** Where a click on a value leads; `${__value.raw}` and the like are Grafana's to fill. */
  links?: DataLink[];
  custom?: Record<string, unknown>;
}

interface FieldBase {
  name: string;
  labels?: Labels;
  config?: FieldConfig;
}
export interface TimeField extends FieldBase {
  type: 'time';
  /** Epoch milliseconds. */
  values: ReadonlyArray<number | null> | Float64Array;
}
export interface NumberField extends FieldBase {
  type: 'number';
  values: ReadonlyArray<number | null> | Float64Array;
}
export interface StringField extends FieldBase {
  type: 'string';
  values: ReadonlyArray<string | null>;
}
export interface BooleanField extends FieldBase {
  type: 'boolean';
  values: ReadonlyArray<boolean | null>;
}
export type Field = TimeField | NumberField | StringField | BooleanField;

export type FrameType = 'table' | 'timeseries-multi' | 'timeseries-wide' | 'timeseries-long' | 'numeric-multi' | 'numeric-wide' | 'numeric-long'; // prettier-ignore

export interface Notice {
  severity: 'info' | 'warning' | 'error';
  text: string;
  link?: string;
}

export interface FrameMeta {
  type?: FrameType;
  typeVersion?: [number, number];
  notices?: Notice[];
  executedQueryString?: string;
  preferredVisualisationType?: 'graph' | 'table' | 'logs';
  custom?: Record<string, unknown>;
}

export interface DataFrame {
  name?: string;
  refId?: string;
  meta?: FrameMeta;
  fields: Field[];
}

/**
 * The number of rows of a frame.
 * @throws RangeError when its fields differ in length.
 */
export function countRows(frame: DataFrame): number {
  const length = frame.fields[0]?.values.length ?? 0;
  for (const field of frame.fields) {
    if (field.values.length !== length) {
      throw new RangeError(
        `frame ${frame.name ?? '(unnamed)'}: field ${field.name} has ${field.values.length} rows, the first field has ${length}`,
      );
    }
  }
  return length;
}
