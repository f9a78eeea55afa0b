/** Fisher's exact test: all tables with the same margins that are no likelier than the one seen. */
import type { Counts } from './small-counts';
import { lnBinomialProbability } from './special';

/** Tables whose probabilities differ by less than this, relatively, count as equally likely. */
const TIE = 1e-9;
/** Terms below this share of the largest do not change the sum. */
const NEGLIGIBLE = 1e-18;

/** ln P of x events among n when `events` of `total` observations are events; Loader's form, exact for any size. */
function lnHypergeometric(x: number, n: number, events: number, total: number): number {
  const p = n / total;
  const q = (total - n) / total;
  return (
    lnBinomialProbability(x, events, p, q) +
    lnBinomialProbability(n - x, total - events, p, q) -
    lnBinomialProbability(n, total, p, q)
  );
}

/** Probabilities of every possible number of the variant's events, from `lowest` upwards, given the margins. */
export function hypergeometricProbabilities(
  control: Counts,
  variant: Counts,
): { lowest: number; probabilities: number[] } {
  const events = control.x + variant.x;
  const total = control.n + variant.n;
  const lowest = Math.max(0, events - control.n);
  const highest = Math.min(variant.n, events);
  const probabilities = Array.from({ length: highest - lowest + 1 }, (_, index) =>
    Math.exp(lnHypergeometric(lowest + index, variant.n, events, total)),
  );
  return { lowest, probabilities };
}

/** One-sided p-value of equal rates: the probability of `variant.x` events of the variant, or more, given the margins. */
export function fisherUpperTail(control: Counts, { n, x }: Counts): number {
  const total = control.n + n;
  const events = control.x + x;
  const lowest = Math.max(0, events - control.n);
  const highest = Math.min(n, events);
  if (x <= lowest) {
    return 1;
  }
  const mode = Math.floor(((events + 1) * (n + 1)) / (total + 2));
  if (x <= mode) {
    // Below the mode the rest is the shorter sum: its terms fall away, and it is no small difference of large numbers.
    return 1 - tailFrom(x - 1, -1, { n, events, rest: control.n - events, end: lowest });
  }
  return Math.min(1, tailFrom(x, 1, { n, events, rest: control.n - events, end: highest }));
}

/** The sum of probabilities from `first` outwards, away from the mode, term by term. */
function tailFrom(
  first: number,
  step: 1 | -1,
  { n, events, rest, end }: { n: number; events: number; rest: number; end: number },
): number {
  let term = Math.exp(lnHypergeometric(first, n, events, n + events + rest));
  let sum = term;
  for (let k = first; k !== end && term > sum * NEGLIGIBLE; k += step) {
    term *=
      step === 1
        ? ((n - k) / (k + 1)) * ((events - k) / (rest + k + 1))
        : (k / (n - k + 1)) * ((rest + k) / (events - k + 1));
    sum += term;
  }
  return sum;
}

/** Two-sided p-value of equal rates. The counts are integers, 0 ≤ x ≤ n; 1 when no table but this one is possible. */
export function fisherPValue(control: Counts, variant: Counts): number {
  const { n, x } = variant;
  const total = control.n + n;
  const events = control.x + x;
  const lowest = Math.max(0, events - control.n);
  const highest = Math.min(n, events);
  const seen = lnHypergeometric(x, n, events, total);
  const limit = seen + TIE;
  const mode = Math.min(highest, Math.max(lowest, Math.floor(((events + 1) * (n + 1)) / (total + 2))));

  /** Sums the tail that begins where tables are no likelier than the one seen, outwards from the mode. */
  const tail = (from: number, step: 1 | -1): number => {
    const end = step === 1 ? highest : lowest;
    let inside = from;
    let outside = end;
    if ((end - from) * step < 0 || lnHypergeometric(end, n, events, total) > limit) {
      return 0;
    }
    // The probabilities fall away from the mode, so the first table of the tail is found by halving.
    while (Math.abs(outside - inside) > 1) {
      const middle = Math.trunc((inside + outside) / 2);
      if (lnHypergeometric(middle, n, events, total) > limit) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    const first = lnHypergeometric(inside, n, events, total) > limit ? outside : inside;
    return tailFrom(first, step, { n, events, rest: control.n - events, end });
  };
  if (lowest === highest || lnHypergeometric(mode, n, events, total) <= limit) {
    return 1;
  }
  return Math.min(1, tail(mode - 1, -1) + tail(mode + 1, 1));
}
