/** What each kind of variable lists. */
import {
  getFieldDisplayName,
  FieldType,
  type DataFrame,
  type DataQueryRequest,
  type Field,
  type MetricFindValue,
} from '@grafana/data';
import { firstValueFrom } from 'rxjs';
import { DIMENSIONS } from './editor/choices';
import type { Lister } from './lister';
import type { EditedQuery } from './query';
import type { VariableQuery } from './variable-query';

type Request = DataQueryRequest<VariableQuery>;
type Replace = (text?: string) => string;

const plain = (value: string): MetricFindValue => ({ text: value, value });

/** @throws Error when a store could not be asked; an experiment not chosen yet lists nothing */
export async function listChoices(
  lister: Lister,
  query: VariableQuery,
  request: Request,
  replace: Replace,
): Promise<MetricFindValue[]> {
  const experiment = replace(query.experiment);
  switch (query.kind) {
    case 'experiments': {
      const status = replace(query.status);
      const owner = replace(query.owner);
      return (await lister.listExperiments())
        .filter((one) => (status === '' || one.status === status) && (owner === '' || one.owner === owner))
        .map(({ id, name }) => ({ text: name, value: id }));
    }
    case 'owners': {
      const owners = (await lister.listExperiments()).flatMap(({ owner }) => (owner === null ? [] : [owner]));
      return [...new Set(owners)].sort().map(plain);
    }
    case 'variants': {
      const found = (await lister.listExperiments()).find(({ id, name }) => id === experiment || name === experiment);
      return (found?.variants ?? []).filter((variant) => isOfRole(variant, found?.control, query.role)).map(plain);
    }
    case 'metrics':
      return experiment === ''
        ? []
        : (await lister.listMetrics(experiment)).map(({ id, label }) => ({ text: label, value: id }));
    case 'dimensions':
      return DIMENSIONS.map(({ value, label = value }) => ({ text: label, value }));
    case 'values': {
      const dimension = replace(query.dimension);
      const search = String(request.scopedVars.__searchFilter?.value ?? '');
      return dimension === '' ? [] : (await lister.listValues(dimension, search, experiment, query.source)).map(plain);
    }
    case 'runs':
    case 'versions':
      return listMlflow(lister, query.kind, experiment, request);
    case 'sources':
      return (await lister.checkSources()).filter(({ state }) => state !== 'off').map(({ source }) => plain(source));
    case 'statement':
      return listStatement(lister, query, request);
  }
}

function isOfRole(variant: string, control: string | null | undefined, role: VariableQuery['role'] = 'all'): boolean {
  switch (role) {
    case 'all':
      return true;
    case 'treatment':
      return variant !== control;
    case 'control':
      return variant === control;
  }
}

/** Asks as a panel would, variables and all. @throws Error with the store's words */
async function ask(lister: Lister, query: EditedQuery, request: Request): Promise<DataFrame[]> {
  const { data, errors } = await firstValueFrom(lister.query({ ...request, targets: [query] }));
  const [error] = errors ?? [];
  if (error) {
    throw new Error(error.message ?? 'The statement failed.');
  }
  return data.filter((frame): frame is DataFrame => 'fields' in frame);
}

const named = (frames: readonly DataFrame[], name: string): Field | undefined =>
  frames.flatMap(({ fields }) => fields).find((field) => field.name === name);

async function listMlflow(
  lister: Lister,
  list: 'runs' | 'versions',
  experiment: string,
  request: Request,
): Promise<MetricFindValue[]> {
  const query: EditedQuery = { refId: 'A', queryType: 'mlflow', mode: 'builder', format: 'table', list, experiment, limit: 1000 }; // prettier-ignore
  const frames = await ask(lister, query, request);
  const texts = named(frames, list === 'runs' ? 'run' : 'model')?.values ?? [];
  const values = named(frames, list === 'runs' ? 'run_id' : 'version')?.values ?? [];
  return values.map((value: unknown, row) => {
    const id = textOf(value);
    const name = textOf(texts[row] ?? value);
    return { text: list === 'runs' ? name : `${name} ${id}`, value: id };
  });
}

async function listStatement(lister: Lister, query: VariableQuery, request: Request): Promise<MetricFindValue[]> {
  const { statement = '', source = 'mlflow', label = '' } = query;
  if (statement.trim() === '') {
    return [];
  }
  const frames = await ask(lister, statementQuery(source, statement), request);
  const found = label === '' ? frames.flatMap(firstColumn) : frames.flatMap((frame) => columnOrLabel(frame, label));
  return [...new Set(found)].map(plain);
}

function statementQuery(source: NonNullable<VariableQuery['source']>, statement: string): EditedQuery {
  switch (source) {
    case 'prometheus':
      return { refId: 'A', queryType: 'prometheus', format: 'table', instant: true, expr: statement };
    case 'influx':
      return { refId: 'A', queryType: 'influx', format: 'table', query: statement };
    case 'mlflow':
      return { refId: 'A', queryType: 'mlflow', mode: 'sql', format: 'table', rawSql: statement };
  }
}

/** Numbers and truths as text; anything deeper as JSON. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const textsOf = (field: Field): string[] =>
  field.values.flatMap((value: unknown) => (value === null || value === undefined ? [] : [textOf(value)]));

/** The first text column; of a series, its name. */
function firstColumn(frame: DataFrame): string[] {
  const text = frame.fields.find(({ type }) => type === FieldType.string);
  const series = frame.fields.find(({ type }) => type === FieldType.number);
  if (text) {
    return textsOf(text);
  }
  return series?.labels ? [getFieldDisplayName(series, frame)] : series ? textsOf(series) : [];
}

function columnOrLabel(frame: DataFrame, name: string): string[] {
  const column = frame.fields.find((field) => field.name === name);
  return column
    ? textsOf(column)
    : frame.fields.flatMap(({ labels }) => (labels?.[name] === undefined ? [] : [labels[name]]));
}
