/** A guardrail: the variant may be worse, but not by more than a margin. */
import type { Direction, GuardrailResult, Interval } from './comparison';
import { normalCdf } from './special';

/**
 * Judges the one-sided bounds of a difference against a positive margin: `holds` when even the harmful bound stays within it,
 * `broken` when even the favourable bound lies beyond it.
 */
export function judgeGuardrail(
  lift: { estimate: number; standardError: number; bounds: Interval },
  margin: number,
  direction: Direction,
): GuardrailResult {
  const isLowerBetter = direction === 'lower';
  const harmBound = isLowerBetter ? lift.bounds.high : lift.bounds.low;
  const worst = isLowerBetter ? lift.bounds.high : -lift.bounds.low;
  const best = isLowerBetter ? lift.bounds.low : -lift.bounds.high;
  const harm = isLowerBetter ? lift.estimate : -lift.estimate;
  return {
    margin,
    status: worst < margin ? 'holds' : best > margin ? 'broken' : 'open',
    harmBound,
    excess: best - margin,
    chanceWithin: normalCdf((margin - harm) / lift.standardError),
  };
}
