/**
 * A/A calibration: the control compared with itself, many times over. If the test's standard errors are right for this
 * traffic, the z scores are standard normal; if what is taken as independent is not, they spread wider.
 */
import { refuse, refuseAlpha, type Refusal } from './refusal';
import { chiSquareUpperTail, normalUpperQuantile } from './special';

/** One way to split the control's traffic in two, e.g. by instance, with the z score of each comparison of the halves. */
export interface SelfComparisons {
  split: string;
  zScores: readonly number[];
}

export interface SplitCalibration {
  split: string;
  tests: number;
  /** Mean of z²: by how much the difference really varies more than its squared standard error says. 1 is right. */
  varianceInflation: number;
  /** Share of the tests with |z| beyond the two-sided critical value; alpha is right. */
  falseAlarmRate: number;
  /** One-sided p-value of no inflation. */
  pValue: number;
}

export interface Calibration {
  splits: SplitCalibration[];
  /** The split with the strongest evidence of inflation. */
  worst: SplitCalibration;
  /** Factor by which intervals should widen: √inflation of the worst split where it is shown beyond chance, else exactly 1. */
  widening: number;
}

/** Fewer comparisons cannot tell an inflation of 2 from chance. */
const FEWEST_TESTS = 12;
/** Beyond it the square of a score overflows. */
const LARGEST_SCORE = 1e150;
/** p-value, over all splits together, below which an inflation counts as shown. */
const SHOWN = 0.01;

/**
 * Σz² of k standard normal scores is χ² with k degrees of freedom: its upper tail is the evidence of inflation, judged by
 * Bonferroni over the splits. Calibration only ever widens: scores that spread too little are the test's caution.
 *
 * Refuses `bad-alpha`, `not-finite`, and `sample-too-small` where no split has a dozen comparisons.
 */
export function calibrate(comparisons: readonly SelfComparisons[], alpha: number): Calibration | Refusal {
  const badAlpha = refuseAlpha(alpha, 0.5);
  if (badAlpha !== null) {
    return badAlpha;
  }
  if (!comparisons.every(({ zScores }) => zScores.every((z) => Math.abs(z) <= LARGEST_SCORE))) {
    return refuse('not-finite', 'zScores');
  }
  const splits = comparisons
    .filter(({ zScores }) => zScores.length >= FEWEST_TESTS)
    .map((comparison) => calibrateSplit(comparison, alpha))
    .sort((a, b) => a.pValue - b.pValue);
  const [worst] = splits;
  if (worst === undefined) {
    return refuse('sample-too-small', 'zScores');
  }
  const isShown = worst.pValue < SHOWN / splits.length;
  return { splits, worst, widening: isShown ? Math.sqrt(Math.max(1, worst.varianceInflation)) : 1 };
}

function calibrateSplit({ split, zScores }: SelfComparisons, alpha: number): SplitCalibration {
  const critical = normalUpperQuantile(alpha / 2);
  const tests = zScores.length;
  const squares = zScores.reduce((sum, z) => sum + z * z, 0);
  return {
    split,
    tests,
    varianceInflation: squares / tests,
    falseAlarmRate: zScores.filter((z) => Math.abs(z) > critical).length / tests,
    pValue: chiSquareUpperTail(squares, tests),
  };
}
