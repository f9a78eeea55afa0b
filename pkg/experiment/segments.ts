/** A comparison broken down by a dimension: who loses inside an overall win (design §8). */
import type { WorstSegment } from '../../src/contract/frames';
import type { ComparedRow, ComparePlan } from './compare';
import { compareOnline, onlineStrata } from './compare';
import type { Experiment, Variant } from './definition';
import type { Evidence } from './evidence';
import type { Ledger } from './ledger';
import { sumStatistics } from './ledger';
import type { Metric } from './metrics';

/** More values than this are lumped together: nobody reads a hundred rows, and each look costs certainty. */
const MOST_SEGMENTS = 20;
export const OTHER_SEGMENT = 'other';

/** A row's name and the dimension's values it stands for. */
interface Segment {
  name: string;
  values: ReadonlySet<string>;
}

/** Segments by traffic, the largest first; beyond twenty they are one, `other`. */
export function segmentsOf(ledger: Ledger): Segment[] {
  const requests = new Map<string, number>();
  for (const { traffic } of ledger.chunks) {
    for (const { segment, totals } of traffic.variants) {
      if (segment !== null && segment !== '') {
        requests.set(segment, (requests.get(segment) ?? 0) + (totals.requests ?? 0));
      }
    }
  }
  const names = [...requests].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([name]) => name);
  const kept = names.length > MOST_SEGMENTS ? names.slice(0, MOST_SEGMENTS) : names;
  const rest = names.slice(kept.length);
  const segments = kept.map((name): Segment => ({ name, values: new Set([name]) }));
  return rest.length ? [...segments, { name: OTHER_SEGMENT, values: new Set(rest) }] : segments;
}

/**
 * Compares every variant on every metric inside each segment. The segments of one metric and variant are a family of
 * their own: each is judged at alpha divided by their number (Bonferroni), so its intervals are wider.
 */
export function compareSegments(
  experiment: Experiment,
  metrics: readonly Metric[],
  variants: readonly Variant[],
  evidence: Pick<Evidence, 'ledger' | 'ledgerState'>,
  plan: ComparePlan,
): ComparedRow[] {
  const { ledger } = evidence;
  const segments = ledger ? segmentsOf(ledger) : [];
  if (!ledger || segments.length === 0) {
    return [];
  }
  const strict: Experiment = { ...experiment, alpha: experiment.alpha / segments.length };
  return variants.flatMap((variant) =>
    metrics.flatMap((metric) =>
      segments.flatMap(({ name, values }): ComparedRow[] => {
        const strata = onlineStrata(strict, metric, variant, plan.unit, (arm, phase) =>
          sumStatistics(ledger, arm, { phase, segments: values }),
        );
        // A metric that does not carry the dimension has no segments: no row says that better than an empty one.
        if (strata.length === 0) {
          return [];
        }
        const comparison = compareOnline(strict, metric, strata, plan);
        const p = comparison.absolute?.pValue;
        return [
          {
            metric,
            variant: variant.name,
            segment: name,
            comparison,
            source: ledger.source,
            state: evidence.ledgerState,
            adjustedP: p === undefined ? null : Math.min(1, p * segments.length),
          },
        ];
      }),
    ),
  );
}

/** The segment that is worst beyond its margin (beyond zero where there is none), after adjusting for their number. */
export function worstSegment(rows: readonly ComparedRow[], dimension: string): WorstSegment | undefined {
  const counted = new Set(rows.map(({ segment }) => segment)).size;
  const harmful = rows.flatMap((row) => {
    const { absolute } = row.comparison;
    if (!absolute || row.segment === null || row.segment === OTHER_SEGMENT) {
      return [];
    }
    const { low, high } = absolute.fixed;
    const margin = row.metric.margin ?? 0;
    // How far even the kinder end of the interval lies beyond the margin.
    const beyond = row.metric.direction === 'higher' ? -margin - high : low - margin;
    return beyond > 0 ? [{ row, absolute, severity: Math.abs(absolute.estimate) / absolute.standardError }] : [];
  });
  const [worst] = harmful.sort((a, b) => b.severity - a.severity);
  if (!worst || worst.row.segment === null) {
    return undefined;
  }
  const { row, absolute } = worst;
  return {
    dimension,
    segment: worst.row.segment,
    metric: row.metric.id,
    lift: absolute.estimate,
    low: absolute.fixed.low,
    high: absolute.fixed.high,
    segments: counted,
    n: row.comparison.nControl + row.comparison.nVariant,
  };
}
