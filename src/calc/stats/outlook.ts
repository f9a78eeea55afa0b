/** What the data so far could show, and how long until they show what is worth showing. */
import type { Progress } from './comparison';
import { midExperimentPower } from './mid-experiment';
import { powerOf } from './power';
import { isRefusal } from './refusal';
import { normalUpperQuantile } from './special';

export interface Present {
  standardError: number;
  /** Half the width of the interval that makes the verdict. */
  halfWidth: number;
  /** Observations of both arms. */
  n: number;
  isDecided: boolean;
  elapsedDays: number | null;
}

export interface Target {
  /** The absolute difference worth finding, positive. */
  effect: number;
  power: number;
  alpha: number;
  /** Null when the fixed test makes the verdict. */
  tuning: number | null;
}

export interface Outlook {
  power: number;
  mde: number;
  progress: Progress | null;
}

/** Power for the target effect, the smallest effect found with the target power, and progress towards it. */
export function outlookOf(present: Present, target: Target): Outlook {
  const { standardError, halfWidth, n } = present;
  return {
    power: powerOf(target.effect, standardError, halfWidth),
    // The power's own quantile is negative: it is asked for as an upper tail.
    mde: halfWidth - normalUpperQuantile(target.power) * standardError,
    progress: n > 0 ? progressOf(present, target) : null,
  };
}

function progressOf({ standardError, n, isDecided, elapsedDays }: Present, target: Target): Progress | null {
  const missing = midExperimentPower(
    { standardError, n },
    { alpha: target.alpha, targetPower: target.power, targetEffect: target.effect, tuning: target.tuning },
  );
  if (isRefusal(missing)) {
    return null;
  }
  const { scalingFactor } = missing;
  const daysLeft = isDecided ? 0 : elapsedDays === null ? null : scalingFactor * elapsedDays;
  return { collected: n, needed: n * (1 + scalingFactor), share: 1 / (1 + scalingFactor), daysLeft };
}
