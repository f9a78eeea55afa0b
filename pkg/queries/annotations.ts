/** `annotations`: what happened, to mark on a time axis: runs, promotions, changes of verdict, alerts. */
import { FailureError } from '../../src/contract/failure';
import type { ANNOTATIONS_FIELDS, UpliftMeta } from '../../src/contract/frames';
import { ANNOTATION_KINDS, type AnnotationKind, type AnnotationsQuery } from '../../src/contract/query';
import { experimentAlias, type Experiment } from '../experiment/definition';
import { failureOf } from '../sources/thrown';
import { distinctFailures, noticeOf, provenanceOf } from '../experiment/provenance';
import { resolveExperiment } from '../experiment/resolve';
import type { DataFrame } from '../sdk/frame';
import { NO_MARKS, type Mark, type Marks } from './annotation-mark';
import { alertMarks } from './annotations-alerts';
import { mlflowMarks } from './annotations-mlflow';
import { verdictMarks } from './annotations-verdicts';
import type { QueryContext } from './context';
import type { Column } from './table';
import { tableOf } from './table';

const COLUMNS: ReadonlyArray<Column<Mark> & { name: (typeof ANNOTATIONS_FIELDS)[number] }> = [
  { name: 'time', type: 'time', of: ({ at }) => at },
  { name: 'timeEnd', type: 'time', of: ({ until }) => until },
  { name: 'title', type: 'string', of: ({ title }) => title },
  { name: 'text', type: 'string', of: ({ text }) => text },
  { name: 'tags', type: 'string', of: ({ tags }) => tags.join(',') },
  { name: 'id', type: 'string', of: ({ id }) => id },
];

/** @throws FailureError when the experiment is unknown, or no store could be asked */
export async function answerAnnotations(query: AnnotationsQuery, context: QueryContext): Promise<DataFrame[]> {
  const { experiment, failures } = query.experiment
    ? await resolveExperiment(context.instance.catalogue, query, context.skipCache)
    : { experiment: null, failures: [] };
  const kinds = query.kinds.length > 0 ? query.kinds : ANNOTATION_KINDS;
  const answers = await Promise.all(kinds.map((kind) => readKind(kind, query, context, experiment)));
  const all = distinctFailures([...failures, ...answers.flatMap((answer) => answer.failures)]);
  const { range } = context;
  const marks = answers
    .flatMap((answer) => answer.marks)
    .filter(({ at, until }) => at < range.to && (until ?? at) >= range.from)
    .filter(({ variant }) => query.variants.length === 0 || variant === null || query.variants.includes(variant))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const [failure] = all;
  if (failure && marks.length === 0) {
    throw new FailureError(failure);
  }
  const uplift: UpliftMeta = {
    frame: 'annotations',
    provenance: provenanceOf(
      answers.flatMap(({ readings }) => readings),
      context.now,
    ),
    failures: all,
  };
  const warnings = new Set(answers.flatMap((answer) => answer.warnings));
  return [
    tableOf('annotations', marks, COLUMNS, {
      type: 'table',
      custom: { uplift },
      notices: [...all.map(noticeOf), ...[...warnings].map((text) => ({ severity: 'warning' as const, text }))],
      executedQueryString: answers.flatMap(({ executed }) => executed).join('\n'),
    }),
  ];
}

/** One store away leaves the others' marks. */
async function readKind(
  kind: AnnotationKind,
  query: AnnotationsQuery,
  context: QueryContext,
  experiment: Experiment | null,
): Promise<Marks> {
  try {
    switch (kind) {
      case 'runs':
      case 'promotions':
        return await mlflowMarks(kind, context, experiment, experiment && experimentAlias(experiment, 'mlflow'));
      case 'verdicts':
        return experiment ? await verdictMarks(query, context) : NO_MARKS;
      case 'alerts':
        return await alertMarks(context, experiment);
    }
  } catch (error) {
    return { ...NO_MARKS, failures: [failureOf(error)] };
  }
}
