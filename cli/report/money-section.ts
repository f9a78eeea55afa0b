/** The section of a decision report that is about money: how sure it pays back, the annual figures, what was assumed. */
import { PARAMETER_LABELS, NUMERIC_PARAMETERS, type NumericParameter } from '../../src/calc/impact/parameters';
import {
  formatCount,
  formatInterval,
  formatMoney,
  formatMoneyInterval,
  formatPayback,
  formatProbability,
  formatValue,
  MISSING,
} from '../../src/calc/notation';
import { type TermName } from '../../src/calc/impact/impact';
import type { QueryAnswer } from '../../pkg/sdk/client';
import { frameNamed, metaOf, noticesOf, rangeOf, rowsOf, type FrameMeta, type Row } from './frames';
import { bulletList, escapeMarkdown, markdownTable } from './markdown';

const TWO_DIGITS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });

type Detail = NonNullable<FrameMeta['impact']>;

export function moneySection({ frames, error }: QueryAnswer): string {
  if (error !== null) {
    return escapeMarkdown(`No figures: ${error}`);
  }
  const frame = frameNamed(frames, 'impact');
  const [row] = rowsOf(frame);
  const detail = metaOf(frame)?.impact;
  if (!row || !detail) {
    return 'No figures.';
  }
  const warnings = noticesOf(frame ? [frame] : []).map(({ text }) => escapeMarkdown(text));
  return [
    standing(row, detail),
    figures(row, detail),
    assumptions(row, detail),
    ...(warnings.length > 0 ? [bulletList(warnings)] : []),
  ].join('\n\n');
}

/** Whether the figures may be booked, before any of them is read. */
function standing(row: Row, { variant, control, impact }: Detail): string {
  const state = row.text('state');
  const why = impact.preliminary.map(({ message }) => escapeMarkdown(message)).join(' ');
  const ribbon: Record<string, string> = {
    result: 'These figures stand as a result.',
    preliminary: `> **Preliminary.** ${why}`,
    simulated: '> **Simulated.** No source measured these figures.',
    missing: `> **Incomplete.** ${why}`,
  };
  const what = escapeMarkdown(`What a year of ${variant} in place of ${control} is worth, fully rolled out.`);
  return `${ribbon[state] ?? escapeMarkdown(state)}\n\n${what} Chance that it pays back: **${formatProbability(row.number('p_roi_positive'))}**.`;
}

/** Preliminary figures come interval first: an estimate alone would be taken for a result. */
function figures(row: Row, { impact }: Detail): string {
  const currency = row.text('currency');
  const isResult = row.text('state') === 'result';
  const money = (field: string) => formatMoney(row.number(field), currency);
  const range = (low: string, high: string) => rangeOf(row, low, high);
  const roi = row.number('roi_percentage');
  const roiRange = range('roi_low', 'roi_high');
  const isNetKnown = row.number('net_annual_value') !== null;
  const hasInterval = range('net_low', 'net_high') !== null;
  const estimate = { title: 'Estimate', align: 'right' } as const;
  const interval = { title: `${formatCount((1 - impact.alpha) * 100)} % interval`, align: 'right' } as const;
  const rows: MoneyRow[] = [
    ['Revenue from accuracy', money('annual_revenue_increase'), termInterval(impact, 'revenue', currency)],
    ...costRows(row, impact, currency),
    ['Risk reduction from fewer errors', money('annual_risk_reduction'), termInterval(impact, 'risk', currency)],
    ['**Net**', `**${money('net_annual_value')}**`, formatMoneyInterval(range('net_low', 'net_high'), currency)],
    [
      'ROI on infrastructure',
      roi === null ? MISSING : formatValue(roi / 100, 'fraction', 0),
      roiRange === null
        ? MISSING
        : formatInterval({ low: roiRange.low / 100, high: roiRange.high / 100 }, 'plain', {
            scale: 'relative',
            withUnit: true,
          }),
    ],
    [
      'Payback',
      isNetKnown ? formatPayback(row.number('payback_days')) : MISSING,
      hasInterval
        ? `${formatPayback(row.number('payback_low'))} … ${formatPayback(row.number('payback_high'))}`
        : MISSING,
    ],
  ];
  return markdownTable(
    [{ title: 'A year, at full rollout' }, ...(isResult ? [estimate, interval] : [interval, estimate])],
    rows.map(([title, figure, bounds]) => (isResult ? [title, figure, bounds] : [title, bounds, figure])),
  );
}

type MoneyRow = [title: string, figure: string, bounds: string];

const termInterval = ({ terms }: Detail['impact'], name: TermName, currency: string, sign: 1 | -1 = 1): string => {
  const { low = null, high = null } = terms.find((term) => term.name === name) ?? {};
  if (low === null || high === null) {
    return MISSING;
  }
  return formatMoneyInterval(sign > 0 ? { low, high } : { low: 0 - high, high: 0 - low }, currency);
};

/** What latency costs, or saves: faster is a saving, not a negative cost. Serving has a row where it has a price. */
function costRows(row: Row, impact: Detail['impact'], currency: string): MoneyRow[] {
  const annualOf = (name: TermName) => impact.terms.find((term) => term.name === name)?.annual ?? null;
  const [latency, serving] = [annualOf('latency'), annualOf('serving')];
  if (latency === null) {
    return [['Cost of latency', formatMoney(row.number('annual_cost_increase'), currency), MISSING]];
  }
  const isFaster = latency > 0;
  const ofLatency: MoneyRow = [
    isFaster ? 'Saving from answering faster' : 'Cost of latency',
    formatMoney(Math.abs(latency), currency),
    termInterval(impact, 'latency', currency, isFaster ? 1 : -1),
  ];
  return serving === null || serving === 0
    ? [ofLatency]
    : [ofLatency, ['Cost of serving', formatMoney(0 - serving, currency), 'assumed']];
}

function assumptions(row: Row, { input, impact }: Detail): string {
  const currency = row.text('currency');
  const stated = NUMERIC_PARAMETERS.flatMap((name) => {
    const value = input.parameters[name];
    return typeof value === 'number'
      ? [
          `${PARAMETER_LABELS[name].label}: ${writeAssumption(name, value, currency)} (${PARAMETER_LABELS[name].meaning})`,
        ]
      : [];
  });
  const scope = impact.includesMultiplier
    ? 'Intervals include the uncertainty of the revenue multiplier.'
    : 'Intervals carry sampling error only.';
  const requests = `${formatCount(row.number('requests_per_day'))} requests a day at full rollout`;
  const isVolumeAssumed = typeof input.parameters['requestsPerDay'] === 'number';
  const measured = `Measured over ${formatCount(row.number('extrapolated_from_days'))} days, ${requests}${isVolumeAssumed ? ' (assumed)' : ''}.`;
  const breakEven = writeBreakEven(impact.breakEvenMultiplier);
  return `Assumed, not measured:\n\n${bulletList(stated.map(escapeMarkdown))}\n\n${escapeMarkdown([measured, scope, breakEven].filter((words) => words !== '').join(' '))}`;
}

function writeBreakEven(multiplier: number | null): string {
  if (multiplier === null) {
    return '';
  }
  return multiplier <= 0
    ? 'Pays back even without any revenue.'
    : `Pays back if the revenue multiplier is really at least ${TWO_DIGITS.format(multiplier)}.`;
}

function writeAssumption(name: NumericParameter, value: number, currency: string): string {
  if (PARAMETER_LABELS[name].unit !== 'money') {
    return String(value);
  }
  // A price of a millisecond has more decimals than money is written with, and each of them counts.
  return Math.abs(value) >= 1 || value === 0 ? formatMoney(value, currency) : `${value} ${currency}`;
}
