/** The sections of a decision report that are about the test: verdicts, checks and replay. */
import {
  formatCount,
  formatInterval,
  formatLift,
  formatPValue,
  formatProbability,
  formatValue,
  MISSING,
  type Range,
} from '../../src/calc/notation';
import type { QueryAnswer } from '../../pkg/sdk/client';
import { readReasons } from '../../src/contract/reasons';
import { frameNamed, metaOf, rowsOf, type FrameMeta, type Row } from './frames';
import { formatInstant } from './instants';
import { bulletList, escapeMarkdown, markdownTable } from './markdown';

type Experiment = NonNullable<FrameMeta['experiment']>;

const VERDICT_WORDS: Record<string, string> = {
  winner: '**Wins**',
  loser: '**Loses**',
  inconclusive: 'Not decided',
  'not-enough-data': 'Not enough data',
  invalid: 'Invalid',
};
const GUARDRAIL_WORDS: Record<string, string> = { holds: 'Within margin', broken: '**Breaks margin**' };

function rangeOf(row: Row, low: string, high: string): Range | null {
  const [from, to] = [row.number(low), row.number(high)];
  return from === null || to === null ? null : { low: from, high: to };
}

function verdictOf(row: Row): string {
  const words = GUARDRAIL_WORDS[row.text('guardrail')] ?? VERDICT_WORDS[row.text('verdict')] ?? row.text('verdict');
  return row.text('verdict') === 'invalid' ? 'Invalid' : words;
}

/** One table a treatment, and under it what the verdicts rest on. */
export function verdictSection({ frames }: QueryAnswer, experiment: Experiment): string {
  const rows = rowsOf(frameNamed(frames, 'comparisons')).filter((row) => row.text('segment') === '');
  const treatments = [...new Set(rows.map((row) => row.text('variant')))];
  if (treatments.length === 0) {
    return 'Nothing was compared.';
  }
  return treatments
    .map((variant) => {
      const own = rows.filter((row) => row.text('variant') === variant);
      return [
        ...(treatments.length > 1 ? [`### ${escapeMarkdown(variant)}`] : []),
        tableOf(own, variant, experiment),
        reasonsOf(own, experiment),
      ].join('\n\n');
    })
    .join('\n\n');
}

const labelOf = (id: string, { metrics }: Experiment) => metrics.find((metric) => metric.id === id)?.label ?? id;

function tableOf(rows: readonly Row[], variant: string, experiment: Experiment): string {
  const cover = `${formatCount((1 - experiment.alpha) * 100)} %`;
  return markdownTable(
    [
      { title: 'Metric' },
      { title: escapeMarkdown(experiment.control), align: 'right' },
      { title: escapeMarkdown(variant), align: 'right' },
      { title: 'Lift', align: 'right' },
      { title: `${cover} interval`, align: 'right' },
      { title: 'Always-valid interval', align: 'right' },
      { title: 'Chance to be better', align: 'right' },
      { title: 'Verdict' },
      { title: 'From' },
    ],
    rows.map((row) => comparisonCells(row, experiment)),
  );
}

function comparisonCells(row: Row, experiment: Experiment): string[] {
  const metric = experiment.metrics.find(({ id }) => id === row.text('metric'));
  const unit = metric?.unit ?? 'plain';
  const fixed = rangeOf(row, 'ci_low', 'ci_high');
  const isCompared = row.text('verdict') !== 'invalid';
  const margin =
    metric?.margin === undefined
      ? ''
      : `, margin ${formatLift(metric.direction === 'lower' ? metric.margin : -metric.margin, null, unit)}`;
  return [
    `${escapeMarkdown(labelOf(row.text('metric'), experiment))} (${metric?.role ?? 'metric'}${margin})`,
    formatValue(row.number('value_control'), unit),
    formatValue(row.number('value_variant'), unit),
    isCompared ? formatLift(row.number('lift_abs'), fixed, unit) : 'not compared',
    isCompared ? formatInterval(fixed, unit, { withUnit: true }) : MISSING,
    isCompared ? formatInterval(rangeOf(row, 'seq_ci_low', 'seq_ci_high'), unit, { withUnit: true }) : MISSING,
    formatProbability(row.number('chance_to_win')),
    verdictOf(row),
    `${row.text('source') || MISSING}, ${row.text('state')}`,
  ];
}

function reasonsOf(rows: readonly Row[], experiment: Experiment): string {
  return bulletList(
    rows.map((row) => {
      const n = `n ${formatCount(row.number('n_control'))} against ${formatCount(row.number('n_variant'))}`;
      const reasons = readReasons(row.text('reasons')).map(({ words }) => words);
      return escapeMarkdown(
        `${labelOf(row.text('metric'), experiment)}: ${[...reasons, n, `unit ${row.text('unit')}`].join('; ')}`,
      );
    }),
  );
}

/** Checks that are not sound come first. */
export function checkSection({ frames }: QueryAnswer): string {
  const order = ['failed', 'warning', 'unknown', 'ok'];
  const words: Record<string, string> = { failed: '**failed**', warning: 'warning', unknown: 'not checked', ok: 'ok' };
  const rows = rowsOf(frameNamed(frames, 'checks'));
  return markdownTable(
    [{ title: 'Check' }, { title: 'Status' }, { title: 'p', align: 'right' }, { title: 'What was found' }],
    [...rows]
      .sort((a, b) => order.indexOf(a.text('status')) - order.indexOf(b.text('status')))
      .map((row) => [
        escapeMarkdown(row.text('check')),
        words[row.text('status')] ?? escapeMarkdown(row.text('status')),
        formatPValue(row.number('p_value')),
        escapeMarkdown(row.text('message')),
      ]),
  );
}

const MOST_REPLAY_ROWS = 8;
const DAY_MS = 86_400_000;

/** What the test would have said on earlier days: when it was decided, and whether it stayed so. */
export function replaySection({ frames, error }: QueryAnswer): string {
  if (error !== null) {
    return escapeMarkdown(`There is no replay: ${error}`);
  }
  return frames
    .flatMap((frame) => {
      const replay = metaOf(frame)?.replay;
      const rows = rowsOf(frame);
      const began = rows[0]?.number('time') ?? 0;
      const { timeZone = 'UTC' } = metaOf(frame)?.experiment ?? {};
      if (!replay || rows.length === 0) {
        return [];
      }
      const { metric, variant, decidedAt, marks } = replay;
      const decided =
        decidedAt === null
          ? 'Not decided so far.'
          : `Decided on ${formatInstant(decidedAt, timeZone)} (day ${Math.floor((decidedAt - began) / DAY_MS)}).`;
      return [
        `${escapeMarkdown(`${metric.label}, ${variant}`)}, cumulative from the start. ${decided}`,
        markdownTable(
          [
            { title: 'Until' },
            { title: 'Lift', align: 'right' },
            { title: 'Always-valid interval', align: 'right' },
            { title: 'Sequential p', align: 'right' },
          ],
          thin(rows).map((row) => {
            const interval = rangeOf(row, 'seq_ci_low', 'seq_ci_high');
            return [
              formatInstant(row.number('time') ?? 0, timeZone),
              formatLift(row.number('lift_abs'), rangeOf(row, 'ci_low', 'ci_high'), metric.unit),
              formatInterval(interval, metric.unit, { withUnit: true }),
              formatPValue(row.number('seq_p')),
            ];
          }),
        ),
        ...(marks.length > 0
          ? [bulletList(marks.map(({ at, label }) => escapeMarkdown(`${formatInstant(at, timeZone)}: ${label}`)))]
          : []),
      ];
    })
    .join('\n\n');
}

/** Evenly spread rows with a lift, the last one among them. */
function thin(rows: readonly Row[]): Row[] {
  const usable = rows.filter((row) => row.number('lift_abs') !== null);
  const step = Math.max(1, Math.ceil(usable.length / MOST_REPLAY_ROWS));
  return usable.filter((_, index) => (usable.length - 1 - index) % step === 0);
}
