/** From the false pages a month that somebody accepts to the p-value at which a rule pages. */

export interface LookPlan {
  /** False pages a month (30 days) that all comparisons of the rule may cause together. */
  pagesPerMonth: number;
  intervalSeconds: number;
  /** Metrics × treatments that are looked at each time. */
  comparisons: number;
}

const MONTH_SECONDS = 30 * 86_400;

/** Evaluations in a month. */
export const looksPerMonth = (intervalSeconds: number): number => MONTH_SECONDS / intervalSeconds;

/**
 * The p-value below which one comparison pages at one look: the budget over looks × comparisons (Bonferroni). Rounded down to
 * two digits, so that the file reads well and the budget holds. Neighbouring windows overlap, so what is really caused is less.
 */
export function pagingLevel({ pagesPerMonth, intervalSeconds, comparisons }: LookPlan): number {
  const exact = pagesPerMonth / (looksPerMonth(intervalSeconds) * comparisons);
  const unit = 10 ** (Math.floor(Math.log10(exact)) - 1);
  return Number((Math.floor(exact / unit + 1e-9) * unit).toPrecision(2));
}
