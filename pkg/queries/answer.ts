/** One query in, one result out: parsed, dispatched by type, and every error turned into a value with an owner. */
import { z } from 'zod';
import type { Failure } from '../../src/contract/failure';
import { FailureError, nameStore } from '../../src/contract/failure';
import type { UpliftQuery } from '../../src/contract/query';
import { querySchema } from '../../src/contract/query';
import { migrateQuery } from '../../src/contract/query-migration';
import { failureOf } from '../sources/thrown';
import { SOURCE_LABELS } from '../../src/calc/provenance';
import type { DataFrame } from '../sdk/frame';
import type { QueryDataResult } from '../sdk/server';
import { answerAnnotations } from './annotations';
import type { QueryContext } from './context';
import { answerExperiment } from './experiment';
import { answerImpact } from './impact';
import { answerMonitor } from './monitor';
import { answerOverview } from './overview';
import { answerRaw } from './raw';
import { answerStatus } from './status';
import { refuseUnexpanded } from './unexpanded';

/** Never throws: what goes wrong is in the result. */
export async function answerQuery(queryType: string, json: unknown, context: QueryContext): Promise<QueryDataResult> {
  try {
    const query = parseQuery(queryType, json);
    refuseTablesInAlerts(query, context);
    refuseUnexpanded(query, context.instance.settings.influx?.dialect ?? 'influxql');
    const frames = await dispatch(query, context);
    return { status: 200, frames: frames.map((frame) => finish(frame, query.format, context.refId)) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.class === 'bug') {
      context.instance.logger.error({ error, refId: context.refId }, 'a query failed unexpectedly');
    }
    return {
      status: STATUS[failure.class],
      error: describeFailure(context.isAnonymous ? withoutStatement(failure) : failure),
      errorSource: failure.class === 'bug' ? 'plugin' : 'downstream',
    };
  }
}

/** Explore draws a graph or a table as the frame says it should be seen. */
function finish(frame: DataFrame, format: UpliftQuery['format'], refId: string): DataFrame {
  const preferredVisualisationType = format === 'timeseries' ? 'graph' : 'table';
  return { ...frame, refId, meta: { preferredVisualisationType, ...frame.meta } };
}

function dispatch(query: UpliftQuery, context: QueryContext): Promise<DataFrame[]> {
  switch (query.queryType) {
    case 'experiment':
      return answerExperiment(query, context);
    case 'impact':
      return answerImpact(query, context);
    case 'overview':
      return answerOverview(query, context);
    case 'monitor':
      return answerMonitor(query, context);
    case 'status':
      return answerStatus(query, context);
    case 'annotations':
      return answerAnnotations(query, context);
    case 'prometheus':
    case 'influx':
    case 'mlflow':
      return answerRaw(query, context);
  }
}

const STATUS: Record<Failure['class'], number> = {
  auth: 502,
  network: 502,
  tls: 502,
  timeout: 504,
  config: 400,
  query: 400,
  limit: 422,
  server: 502,
  bug: 500,
};

const modelSchema = z.record(z.string(), z.unknown());
const QUERY_TYPES = querySchema.options.map(({ shape }) => shape.queryType.value);

/** The query type may stand in the model or beside it; Grafana's alerting fills only the latter. */
function parseQuery(queryType: string, json: unknown): UpliftQuery {
  const { data: given } = modelSchema.safeParse(json ?? {});
  if (given === undefined) {
    throw new FailureError({
      class: 'query',
      message: 'The query is not a JSON object.',
      fix: 'Write its fields between braces, such as {"queryType": "status"}.',
    });
  }
  const model = migrateQuery({ ...given, queryType: given.queryType ?? queryType });
  const type = model.queryType === '' ? 'experiment' : model.queryType;
  if (!QUERY_TYPES.some((one) => one === type)) {
    throw new FailureError({
      class: 'query',
      field: 'queryType',
      message: `There is no query type “${String(type)}”.`,
      fix: `Use one of: ${QUERY_TYPES.join(', ')}. A newer version of the plugin may know it.`,
    });
  }
  const parsed = querySchema.safeParse({ ...model, queryType: type });
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw new FailureError({
    class: 'query',
    field: issue?.path.join('.') ?? 'queryType',
    message: `${issue?.message ?? 'Not valid'}.`,
    fix: 'Correct the field in the query editor; docs/query-types.md lists each with its values.',
  });
}

/** A table of words and numbers cannot be evaluated by a rule: say so before Grafana does it cryptically. */
function refuseTablesInAlerts(query: UpliftQuery, { isAlert }: QueryContext): void {
  if (isAlert && query.format === 'table') {
    throw new FailureError({
      class: 'query',
      field: 'format',
      message: 'An alert rule needs numbers, and this query answers a table.',
      fix: 'Set format to numeric and choose one value.',
    });
  }
}

/** What a store says of a statement quotes it, and what a defect says may be anything. */
function withoutStatement(failure: Failure): Failure {
  const isOfStore = failure.source !== undefined && (failure.class === 'query' || failure.class === 'config');
  const isQuoted = isOfStore || failure.class === 'bug';
  return isQuoted
    ? { ...failure, message: 'The query was not answered.', fix: 'Whoever is signed in and may edit it sees why.' }
    : failure;
}

/** A failure in one sentence and what to do about it; a message that begins with its field's name is not told it twice. */
export function describeFailure({ source, field, message, fix }: Failure): string {
  const isNamed = field === undefined || message.toLowerCase().startsWith(field.toLowerCase());
  const what = source ? nameStore(SOURCE_LABELS[source], message) : isNamed ? message : `${field}: ${message}`;
  return `${what} ${fix}`;
}
