/** The panel's first line: what the money is counted over, and what it was taken from. */
import type { Impact, ImpactInput } from '../../calc/impact/impact';
import { PARAMETER_LABELS, type NumericParameter } from '../../calc/impact/parameters';
import { formatCount, formatMoney, formatValue } from '../../calc/notation';
import type { Layout } from './layout';

const dayWords = (days: number): string => {
  const shown = days < 10 ? days.toFixed(1).replace(/\.0$/, '') : Math.round(days).toString();
  return `${shown} ${shown === '1' ? 'day' : 'days'}`;
};

/** What the facts are taken from. */
export interface FactSource {
  impact: Impact;
  /** The variant rolled out and the inputs; absent when the answer carries none. */
  variant: string | undefined;
  input: ImpactInput | undefined;
  /** Names of parameters that the panel itself sets. */
  setHere: readonly NumericParameter[];
}

/** The facts, the most important first, as many as the layout has room for. */
export function impactFacts({ impact, variant, input, setHere }: FactSource, layout: Layout): string[] {
  const { requestsPerDay, exposure, extrapolatedFromDays, currency } = impact;
  const requests = requestsPerDay === null ? [] : [`${formatCount(requestsPerDay)} requests a day`];
  const scope = `${currency} a year, full rollout${variant === undefined ? '' : ` of ${variant}`}`;
  const share = exposure === null ? '' : ` at ${formatValue(exposure, 'fraction')} exposure`;
  const basis = `from ${dayWords(extrapolatedFromDays)}${share}`;
  const outlay =
    input === undefined
      ? []
      : [`infrastructure ${formatMoney(input.parameters.infrastructure, currency)} a year, assumed`];
  const names = setHere.map((name) => PARAMETER_LABELS[name].label.toLowerCase()).join(', ');
  const here = names === '' ? [] : [`set in this panel: ${names}`];
  switch (layout) {
    case 'wide':
      return [scope, ...here, ...requests, basis, ...outlay];
    case 'medium':
      return [scope, ...here, ...requests, basis];
    case 'narrow':
      return [scope, ...here];
    case 'tile':
      return ['Pays back within a year'];
  }
}

/** What the intervals cover, and whether they know of the multiplier's own uncertainty. */
function intervalWords(impact: Impact, input: ImpactInput | undefined): string {
  const cover = `${Math.round((1 - impact.alpha) * 100)} %`;
  const spread =
    input === undefined
      ? 'uncertain multiplier'
      : `multiplier ±${formatValue(input.parameters.multiplierCv, 'fraction', 0)}`;
  const scope = impact.includesMultiplier ? `${spread} included` : 'sampling error only';
  return `${cover} interval, ${scope}.`;
}

/** The chance and the dots are net of infrastructure, the term called net is not; empty where there is none. */
const outlayWords = (input: ImpactInput | undefined): string =>
  input === undefined || input.parameters.infrastructure === 0 ? '' : 'Net: before infrastructure. ';

/** How the waterfall is to be read. */
export const waterfallWords = (impact: Impact, input: ImpactInput | undefined): string =>
  `${outlayWords(input)}Pale bars: interval includes zero. Whisker: ${intervalWords(impact, input)}`;

/** How its terms are to be read where they stand as rows. */
export const termWords = (impact: Impact, input: ImpactInput | undefined): string =>
  `${outlayWords(input)}${intervalWords(impact, input)}`;

/** What the guessed multiplier must really be for the infrastructure to pay; null when there is nothing to say. */
export function breakEvenWords({ breakEvenMultiplier }: Impact, input: ImpactInput | undefined): string | null {
  if (breakEvenMultiplier === null || input === undefined) {
    return null;
  }
  const { revenueMultiplier } = input.parameters;
  return breakEvenMultiplier <= 0
    ? 'Pays back even without any revenue.'
    : `Pays back if the multiplier ${Number(revenueMultiplier.toPrecision(3))} is really ≥ ${Number(breakEvenMultiplier.toPrecision(2))}.`;
}
