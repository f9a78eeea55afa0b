/**
 * Flux's annotated CSV: blocks of `#` annotations, a header that appears anew only when the schema changes, rows, and a
 * blank line after each result. An error may arrive as a table of its own inside HTTP 200.
 */
import Papa from 'papaparse';

export type Cell = string | number | boolean | null;

export interface FluxColumn {
  name: string;
  /** As annotated, e.g. `double`, `dateTime:RFC3339`; empty without annotations. */
  datatype: string;
  /** Part of the group key. */
  isKey: boolean;
}

/** The rows of one schema and one result; several logical tables may follow each other in it. */
export interface FluxTable {
  result: string;
  columns: FluxColumn[];
  /** Cells by column; times in epoch ms; an empty cell without a default is null. */
  rows: Cell[][];
}

export interface FluxReply {
  tables: FluxTable[];
  /** The server's own words when it failed in the middle of the answer. */
  error: string | null;
  /** The blank line that ends a result is missing: rows may be. */
  isCut: boolean;
}

/** The body is not whole, or not Flux's CSV at all. */
export class BrokenCsvError extends Error {
  override readonly name = 'BrokenCsvError';
}

interface Schema {
  columns: FluxColumn[];
  defaults: string[];
  isError: boolean;
}

type Annotations = Partial<Record<'#datatype' | '#group' | '#default', string[]>>;

/** @throws BrokenCsvError for a body that was cut inside a record or is no such CSV */
export function readFluxCsv(body: string): FluxReply {
  const reply: FluxReply = { tables: [], error: null, isCut: false };
  let annotations: Annotations | null = null;
  let schema: Schema | null = null;
  for (const record of recordsOf(body)) {
    const [first = ''] = record;
    if (record.length === 1 && first === '') {
      schema = null;
    } else if (first === '#datatype' || first === '#group' || first === '#default') {
      const above: Annotations = schema === null ? (annotations ?? {}) : {};
      annotations = { ...above, [first]: record };
      schema = null;
    } else if (schema === null) {
      schema = schemaOf(record, annotations ?? {});
      annotations = null;
    } else {
      addRow(reply, schema, record);
    }
  }
  if (annotations !== null) {
    throw new BrokenCsvError('annotations without a header');
  }
  reply.isCut = body.trim() !== '' && !/\n\r?\n$/.test(body);
  return reply;
}

function recordsOf(body: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(body.replace(/(\r?\n)+$/, ''), { delimiter: ',' });
  const [error] = errors;
  if (error) {
    throw new BrokenCsvError(error.message);
  }
  if (body.trim() !== '' && !body.endsWith('\n')) {
    throw new BrokenCsvError('the last record does not end');
  }
  return data;
}

function schemaOf(header: string[], annotations: Annotations): Schema {
  const names = header.slice(1);
  const isError = names.includes('error') && names.includes('reference') && !names.includes('result');
  if (header[0] !== '' || (!isError && !(names[0] === 'result' && names[1] === 'table'))) {
    // Compilers of old fail before the first column is written.
    if (header[0] === 'error' && header[1] === 'reference') {
      return {
        columns: header.map((name) => ({ name, datatype: 'string', isKey: false })),
        defaults: [],
        isError: true,
      };
    }
    throw new BrokenCsvError('a header that is not Flux’s');
  }
  const { '#datatype': datatypes, '#group': groups, '#default': defaults } = annotations;
  for (const row of [datatypes, groups, defaults]) {
    if (row && row.length !== header.length) {
      throw new BrokenCsvError('annotations of another width than the header');
    }
  }
  return {
    columns: header.map((name, index) => ({
      name,
      // The first cell of an annotation is its own name.
      datatype: (index > 0 && datatypes?.[index]) || '',
      isKey: groups?.[index] === 'true',
    })),
    defaults: defaults?.with(0, '') ?? [],
    isError,
  };
}

function addRow(reply: FluxReply, { columns, defaults, isError }: Schema, record: string[]): void {
  if (record.length !== columns.length) {
    throw new BrokenCsvError(`a row of ${String(record.length)} cells under ${String(columns.length)} columns`);
  }
  const texts = record.map((text, index) => (text === '' ? (defaults[index] ?? '') : text));
  if (isError) {
    reply.error ??= texts[columns.findIndex(({ name }) => name === 'error')] ?? '';
    return;
  }
  const result = texts[1] ?? '';
  const last = reply.tables.at(-1);
  const table = last?.columns === columns && last.result === result ? last : { result, columns, rows: [] };
  if (table !== last) {
    reply.tables.push(table);
  }
  table.rows.push(texts.map((text, index) => readCell(text, columns[index]?.datatype ?? '')));
}

function readCell(text: string, datatype: string): Cell {
  switch (datatype) {
    case 'double':
    case 'long':
    case 'unsignedLong':
      return text === '' ? null : readNumber(text);
    case 'boolean':
      return text === '' ? null : text === 'true';
    case 'dateTime:RFC3339':
    case 'dateTime:RFC3339Nano':
      return text === '' ? null : readTime(text);
    default:
      return text;
  }
}

function readNumber(text: string): number {
  const value = text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
  if (Number.isNaN(value) && text !== 'NaN') {
    throw new BrokenCsvError('a cell that is not the number its column promises');
  }
  return value;
}

function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new BrokenCsvError('a cell that is not the time its column promises');
  }
  return time;
}
