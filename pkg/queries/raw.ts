/** `prometheus`, `influx`, `mlflow`: statements in the store's own language, as Grafana's own data sources answer them. */
import type { SourceName } from '../../src/calc/provenance';
import type { UpliftMeta } from '../../src/contract/frames';
import { FailureError } from '../../src/contract/failure';
import type { InfluxQuery, MlflowQuery, PrometheusQuery } from '../../src/contract/query';
import { provenanceOf, SOURCE_LABELS } from '../experiment/provenance';
import type { DataFrame, Field, FrameMeta } from '../sdk/frame';
import type { RawColumn, RawTable } from '../sources/source';
import type { QueryContext } from './context';
import { stepOf } from './step';

type RawQuery = PrometheusQuery | InfluxQuery | MlflowQuery;

/** @throws FailureError when the source is not configured, the statement is empty, writes, or fails */
export async function answerRaw(query: RawQuery, context: QueryContext): Promise<DataFrame[]> {
  const name: SourceName = query.queryType;
  const source = context.instance.sources[name];
  if (!source?.raw) {
    throw new FailureError({
      class: 'config',
      source: name,
      message: `${SOURCE_LABELS[name]} is not configured.`,
      fix: 'Add its address in the data source’s settings.',
    });
  }
  const { field, statement } = statementOf(query);
  if (statement.trim() === '') {
    throw new FailureError({
      class: 'query',
      field,
      message: 'The statement is empty.',
      fix: 'Type one, or choose another query type.',
    });
  }
  const answer = await source.raw(
    {
      statement,
      period: context.range,
      stepMs: stepOf(context, query.queryType === 'prometheus' ? (query.minStep ?? 0) * 1000 : 0),
      isInstant: query.queryType === 'prometheus' && (query.instant || query.format === 'numeric'),
    },
    context.signal,
  );
  const uplift: UpliftMeta = {
    frame: name,
    provenance: provenanceOf(
      [{ source: name, state: answer.tables.length ? 'ok' : 'empty', endpoint: answer.endpoint, asOf: null }],
      context.now,
    ),
  };
  const notices = answer.warnings.map((text) => ({ severity: 'warning' as const, text }));
  const executedQueryString = answer.executed.join('\n');
  const legend = query.queryType === 'prometheus' ? query.legend : '';
  return answer.tables.map((table, index) =>
    frameOf(table, query.format, legend, {
      executedQueryString,
      custom: { uplift },
      notices: index === 0 ? notices : undefined,
    }),
  );
}

function statementOf(query: RawQuery): { field: string; statement: string } {
  switch (query.queryType) {
    case 'prometheus':
      return { field: 'expr', statement: query.expr };
    case 'influx':
      return { field: 'query', statement: query.query };
    case 'mlflow':
      return { field: 'rawSql', statement: query.rawSql };
  }
}

function frameOf(table: RawTable, format: RawQuery['format'], legend: string, meta: FrameMeta): DataFrame {
  switch (format) {
    case 'table':
      return {
        name: table.name,
        fields: table.columns.map((column) => fieldOf(column, legend)),
        meta: { ...meta, type: 'table' },
      };
    case 'timeseries':
      return {
        name: table.name,
        fields: table.columns.map((column) => fieldOf(column, legend)),
        meta: { ...meta, type: 'timeseries-multi', typeVersion: [0, 1] },
      };
    case 'numeric':
      return {
        name: table.name,
        fields: numericFields(table),
        meta: { ...meta, type: 'numeric-multi', typeVersion: [0, 1] },
      };
  }
}

/** The last value of the first number column, with its labels: what a rule evaluates. */
function numericFields(table: RawTable): Field[] {
  const column = table.columns.find((one) => one.type === 'number');
  if (column?.type !== 'number') {
    throw new FailureError({
      class: 'query',
      field: 'format',
      message: 'An alert rule needs a number, and this statement answers none.',
      fix: 'Select a numeric column.',
    });
  }
  return [
    {
      name: column.name,
      type: 'number',
      labels: column.labels,
      values: [column.values.findLast((value) => value !== null) ?? null],
    },
  ];
}

function fieldOf(column: RawColumn, legend: string): Field {
  const { labels } = column;
  if (legend === '' || column.type === 'time' || !labels) {
    return column;
  }
  const displayNameFromDS = legend.replace(/\{\{\s*([^}\s]+)\s*\}\}/g, (_, label: string) => labels[label] ?? '');
  return { ...column, config: { displayNameFromDS } };
}
