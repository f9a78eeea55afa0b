/** The panel's first line: what the money is counted over, and what it was taken from. */
import type { Impact } from '../../calc/impact/impact';
import { formatCount, formatMoney, formatValue } from '../../calc/notation';
import type { ImpactDetail } from '../../contract/frames';
import type { Layout } from './layout';

const dayWords = (days: number): string => {
  const shown = days < 10 ? days.toFixed(1).replace(/\.0$/, '') : Math.round(days).toString();
  return `${shown} ${shown === '1' ? 'day' : 'days'}`;
};

/** The facts, the most important first, as many as the layout has room for. */
export function impactFacts(impact: Impact, detail: ImpactDetail | undefined, layout: Layout): string[] {
  const { requestsPerDay, exposure, extrapolatedFromDays, currency } = impact;
  const requests = requestsPerDay === null ? [] : [`${formatCount(requestsPerDay)} requests a day`];
  const scope = `${currency} a year, full rollout${detail === undefined ? '' : ` of ${detail.variant}`}`;
  const basis = `from ${dayWords(extrapolatedFromDays)} at ${formatValue(exposure, 'fraction')} exposure`;
  const outlay =
    detail === undefined
      ? []
      : [`infrastructure ${formatMoney(detail.input.parameters.infrastructure, currency)} a year, assumed`];
  switch (layout) {
    case 'wide':
      return [scope, ...requests, basis, ...outlay];
    case 'medium':
      return [scope, ...requests, basis];
    case 'narrow':
      return [scope];
    case 'tile':
      return ['Pays back within a year'];
  }
}

/** How the intervals are to be read, beneath the waterfall. */
export function intervalCaption(impact: Impact, detail: ImpactDetail | undefined): string {
  const cover = `${Math.round((1 - impact.alpha) * 100)} %`;
  const cv = detail?.input.parameters.multiplierCv;
  const spread = cv === undefined ? 'uncertain multiplier' : `multiplier ±${formatValue(cv, 'fraction', 0)}`;
  const scope = impact.includesMultiplier ? `${spread} included` : 'sampling error only';
  return `Pale bars: interval includes zero. Whisker: ${cover} of net, ${scope}.`;
}

/** What the guessed multiplier must really be for the infrastructure to pay; null when there is nothing to say. */
export function breakEvenWords({ breakEvenMultiplier }: Impact, detail: ImpactDetail | undefined): string | null {
  if (breakEvenMultiplier === null || detail === undefined) {
    return null;
  }
  const { revenueMultiplier } = detail.input.parameters;
  return breakEvenMultiplier <= 0
    ? 'Pays back even without any revenue.'
    : `Pays back if the multiplier ${Number(revenueMultiplier.toPrecision(3))} is really ≥ ${Number(breakEvenMultiplier.toPrecision(2))}.`;
}
