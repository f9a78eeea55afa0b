/** Marks of MLflow: its runs, and versions registered and promoted, each with a link where its page is known. */
import { variantByAlias, type Experiment } from '../experiment/definition';
import type { EventKind, StoreEvent } from '../sources/capabilities/events';
import { escapeHtml, linkTo } from './annotation-html';
import { mlflowPage, modelPage, runPage } from './mlflow-pages';
import { NO_MARKS, type Mark, type Marks } from './annotation-mark';
import type { QueryContext } from './context';

const TAGS: Record<EventKind, string> = { runs: 'run', promotions: 'promotion' };

/** @param name the experiment's in MLflow; null: of all @throws FailureError */
export async function mlflowMarks(
  kind: EventKind,
  context: QueryContext,
  experiment: Experiment | null,
  name: string | null,
): Promise<Marks> {
  const { instance, range, signal } = context;
  const source = instance.sources.mlflow;
  if (!source?.events) {
    return NO_MARKS;
  }
  const { events, warnings, executed, endpoint } = await source.events(
    { experiment: name, kinds: [kind], period: range },
    signal,
  );
  const page = mlflowPage(context);
  const newest = events.length > 0 ? Math.max(...events.map(({ at, until }) => until ?? at)) : null;
  return {
    marks: events.map((event) => markOf(event, experiment, page)),
    readings: [{ source: 'mlflow', state: events.length > 0 ? 'ok' : 'empty', endpoint, asOf: newest }],
    failures: [],
    warnings,
    executed,
  };
}

function markOf(event: StoreEvent, experiment: Experiment | null, page: string | undefined): Mark {
  const { kind, at, until, title, text, run, version } = event;
  const known = experiment && event.variant !== null ? variantByAlias(experiment, 'mlflow', event.variant) : undefined;
  const variant = known?.name ?? event.variant;
  const about = variant === null ? '' : ` (${variant})`;
  const link = page === undefined ? '' : `<br>${linkTo(pageOf(page, event), 'Open in MLflow')}`;
  return {
    id: [kind, run.id, version?.model ?? '', version?.version ?? '', at].join(':'),
    kind,
    at,
    until,
    title: `${title}${about}`,
    text: `${escapeHtml(text)}${link}`,
    variant,
    tags: [TAGS[kind], ...(experiment ? [experiment.id] : []), ...(variant === null ? [] : [variant])],
  };
}

const pageOf = (page: string, { run, version }: StoreEvent): string =>
  version === null ? runPage(page, run.experiment, run.id) : modelPage(page, version.model, version.version);
