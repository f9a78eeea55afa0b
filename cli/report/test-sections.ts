/** The sections of a decision report that are about the test as it stands: verdicts and checks. */
import {
  formatCount,
  formatInterval,
  formatLift,
  formatPValue,
  formatProbability,
  formatValue,
  MISSING,
} from '../../src/calc/notation';
import { SOURCE_LABELS, SOURCE_NAMES } from '../../src/calc/provenance';
import type { QueryAnswer } from '../../pkg/sdk/client';
import { CHECK_NAMES, CHECK_TITLES } from '../../src/contract/frames';
import { readReasons } from '../../src/contract/reasons';
import { frameNamed, rangeOf, rowsOf, type FrameMeta, type Row } from './frames';
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
      { title: 'Chance', align: 'right' },
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
    isCompared ? chanceOf(row, metric?.margin !== undefined) : MISSING,
    verdictOf(row),
    `${originOf(row)}, ${row.text('state')}`,
  ];
}

/** As the panel says it: a guardrail has only to stay within its margin, everything else is to be better. */
function chanceOf(row: Row, hasMargin: boolean): string {
  const withinMargin = hasMargin ? row.number('chance_within_margin') : null;
  const toBeBetter = row.number('chance_to_win');
  if (withinMargin !== null) {
    return `${formatProbability(withinMargin)} within margin`;
  }
  return toBeBetter === null ? MISSING : `${formatProbability(toBeBetter)} better`;
}

function originOf(row: Row): string {
  const source = SOURCE_NAMES.find((name) => name === row.text('source'));
  return source === undefined ? row.text('source') || MISSING : SOURCE_LABELS[source];
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

function titleOf(check: string): string {
  const known = CHECK_NAMES.find((name) => name === check);
  return known === undefined ? check : CHECK_TITLES[known];
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
        escapeMarkdown(titleOf(row.text('check'))),
        words[row.text('status')] ?? escapeMarkdown(row.text('status')),
        formatPValue(row.number('p_value')),
        escapeMarkdown(row.text('message')),
      ]),
  );
}
