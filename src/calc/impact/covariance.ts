/** How two metrics of one arm vary together: net adds them up, so its interval needs what they share. */

/** A ratio's numerator and denominator over units (time buckets), in the same order for every ratio compared. */
export interface RatioSeries {
  numerator: ArrayLike<number>;
  denominator: ArrayLike<number>;
}

/**
 * Covariance of two ratios Σm/Σd estimated over the same units, by the delta method: n/(n − 1) · Σ e₁e₂ / (Σd₁ Σd₂) with
 * e = m − (Σm/Σd)·d. Of a ratio with itself it is the squared error of `stats/ratio.ts`. Units without traffic in either
 * ratio do not count; 0 where fewer than two are left.
 */
export function covarianceOfRatios(first: RatioSeries, second: RatioSeries): number {
  const a = totalsOf(first);
  const b = totalsOf(second);
  if (!(a.denominator > 0 && b.denominator > 0)) {
    return 0;
  }
  let n = 0;
  let products = 0;
  for (let unit = 0; unit < first.denominator.length; unit++) {
    if (!isCounted(first, unit) || !isCounted(second, unit)) {
      continue;
    }
    n += 1;
    products += residual(first, a, unit) * residual(second, b, unit);
  }
  return n > 1 ? ((n / (n - 1)) * products) / (a.denominator * b.denominator) : 0;
}

interface Totals {
  numerator: number;
  denominator: number;
}

const isCounted = ({ numerator, denominator }: RatioSeries, unit: number): boolean =>
  (denominator[unit] ?? 0) > 0 && Number.isFinite(numerator[unit] ?? 0);

function totalsOf(series: RatioSeries): Totals {
  const totals: Totals = { numerator: 0, denominator: 0 };
  for (let unit = 0; unit < series.denominator.length; unit++) {
    if (isCounted(series, unit)) {
      totals.numerator += series.numerator[unit] ?? 0;
      totals.denominator += series.denominator[unit] ?? 0;
    }
  }
  return totals;
}

const residual = ({ numerator, denominator }: RatioSeries, totals: Totals, unit: number): number =>
  (numerator[unit] ?? 0) - (totals.numerator / totals.denominator) * (denominator[unit] ?? 0);
