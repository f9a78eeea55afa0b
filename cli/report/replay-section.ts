/** The section of a decision report that tells how the test came to its answer: what it would have said on earlier days. */
import { formatInterval, formatLift, formatPValue } from '../../src/calc/notation';
import type { QueryAnswer } from '../../pkg/sdk/client';
import type { DataFrame } from '../../pkg/sdk/frame';
import { frameNamed, metaOf, rangeOf, rowsOf, type FrameMeta, type Row } from './frames';
import { formatInstant } from './instants';
import { bulletList, escapeMarkdown, markdownTable } from './markdown';

const MOST_REPLAY_ROWS = 8;
const DAY_MS = 86_400_000;

type Replay = NonNullable<FrameMeta['replay']>;

/**
 * When each treatment was decided, and whether it stayed so.
 * @param experiment the test's own answer, which knows what the replay does not: that nothing may be decided at all
 */
export function replaySection({ frames, error }: QueryAnswer, experiment: QueryAnswer): string {
  if (error !== null) {
    return escapeMarkdown(`There is no replay: ${error}`);
  }
  const parts = frames.flatMap((frame) => replayOf(frame, experiment));
  return parts.length > 0 ? parts.join('\n\n') : 'There is no replay: nothing was counted over time.';
}

function replayOf(frame: DataFrame, experiment: QueryAnswer): string[] {
  const replay = metaOf(frame)?.replay;
  const all = rowsOf(frame);
  const rows = all.filter((row) => row.number('lift_abs') !== null);
  const { timeZone = 'UTC' } = metaOf(frame)?.experiment ?? {};
  if (!replay || rows.length === 0) {
    return [];
  }
  const { metric, variant, marks } = replay;
  const decision = decisionOf(replay, experiment, all[0]?.number('time') ?? 0, timeZone);
  return [
    `${escapeMarkdown(`${metric.label}, ${variant}`)}, cumulative from the start. ${decision}`,
    markdownTable(
      [
        { title: 'Until' },
        { title: 'Lift', align: 'right' },
        { title: 'Always-valid interval', align: 'right' },
        { title: 'Sequential p', align: 'right' },
      ],
      thin(rows).map((row) => [
        formatInstant(row.number('time') ?? 0, timeZone),
        formatLift(row.number('lift_abs'), rangeOf(row, 'ci_low', 'ci_high'), metric.unit),
        formatInterval(rangeOf(row, 'seq_ci_low', 'seq_ci_high'), metric.unit, { withUnit: true }),
        formatPValue(row.number('seq_p')),
      ]),
    ),
    ...(marks.length > 0
      ? [bulletList(marks.map(({ at, label }) => escapeMarkdown(`${formatInstant(at, timeZone)}: ${label}`)))]
      : []),
  ];
}

/** Bounds that left zero decide nothing where the test is invalid, nor for a shadow, which answers nobody. */
function decisionOf({ variant, decidedAt }: Replay, experiment: QueryAnswer, began: number, timeZone: string): string {
  const comparisons = rowsOf(frameNamed(experiment.frames, 'comparisons'));
  const own = comparisons.filter((row) => row.text('variant') === variant);
  if (own.length > 0 && own.every((row) => row.text('verdict') === 'invalid')) {
    return 'The test is invalid: these figures decide nothing.';
  }
  const variants = experiment.frames.map(metaOf).find((meta) => meta?.experiment)?.experiment?.variants ?? [];
  if (variants.some(({ name, role }) => name === variant && role === 'shadow')) {
    return 'A shadow answers nobody: these figures decide nothing.';
  }
  return decidedAt === null
    ? 'Not decided so far.'
    : `Decided on ${formatInstant(decidedAt, timeZone)} (day ${Math.floor((decidedAt - began) / DAY_MS)}).`;
}

/** Evenly spread rows, the last one among them. */
function thin(rows: readonly Row[]): Row[] {
  const step = Math.max(1, Math.ceil(rows.length / MOST_REPLAY_ROWS));
  return rows.filter((_, index) => (rows.length - 1 - index) % step === 0);
}
