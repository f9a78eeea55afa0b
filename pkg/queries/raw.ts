/** `prometheus`, `influx`, `mlflow`: statements in the store's own language, as Grafana's own data sources answer them. */
import type { SourceName } from '../../src/calc/provenance';
import type { UpliftMeta } from '../../src/contract/frames';
import { FailureError } from '../../src/contract/failure';
import type { InfluxQuery, MlflowQuery, PrometheusQuery } from '../../src/contract/query';
import { provenanceOf } from '../experiment/provenance';
import { SOURCE_LABELS } from '../../src/calc/provenance';
import type { DataFrame } from '../sdk/frame';
import type { QueryContext } from './context';
import { mlflowPage, runLink } from './mlflow-pages';
import { rawFrames } from './raw-frames';
import { writeMlflowStatement } from './raw-mlflow';
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
  const { field, statement } = statementOf(query, context);
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
      stepMs: stepMsOf(query, context),
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
  const frames = rawFrames(answer.tables, query.format, query.queryType === 'prometheus' ? query.legend : '', {
    executedQueryString: answer.executed.join('\n'),
    custom: { uplift },
    notices: answer.warnings.map((text) => ({ severity: 'warning', text })),
  });
  const page = mlflowPage(context);
  const isListed = query.queryType === 'mlflow' && query.mode === 'builder' && query.format === 'table';
  return isListed && page !== undefined ? frames.map((frame) => withRunLinks(frame, page)) : frames;
}

const withRunLinks = (frame: DataFrame, page: string): DataFrame => ({
  ...frame,
  fields: frame.fields.map((field) =>
    field.name === 'run_id' ? { ...field, config: { ...field.config, links: [runLink(page)] } } : field,
  ),
});

/** A step of its own holds whatever the panel's width; the source still keeps within the store's limit of points. */
function stepMsOf(query: RawQuery, context: QueryContext): number {
  if (query.queryType !== 'prometheus') {
    return stepOf(context);
  }
  return query.step === undefined ? stepOf(context, (query.minStep ?? 0) * 1000) : query.step * 1000;
}

function statementOf(query: RawQuery, { instance }: QueryContext): { field: string; statement: string } {
  switch (query.queryType) {
    case 'prometheus':
      return { field: 'expr', statement: query.expr };
    case 'influx':
      return { field: 'query', statement: query.query };
    case 'mlflow':
      return {
        field: 'rawSql',
        statement: query.mode === 'sql' ? query.rawSql : writeMlflowStatement(query, instance.settings.mapping.mlflow),
      };
  }
}
