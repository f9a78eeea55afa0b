/** `experiment` with `format: timeseries`: the replay as frames, one a variant and metric. */
import { formatSplit } from '../../src/calc/notation';
import type { REPLAY_FIELDS, ReplayMeta, TimeMark } from '../../src/contract/frames';
import { FailureError } from '../../src/contract/failure';
import type { ExperimentQuery } from '../../src/contract/query';
import type { Analysis } from '../experiment/analysis';
import type { Ledger } from '../experiment/ledger';
import type { Metric } from '../experiment/metrics';
import type { ReplayPoint } from '../experiment/replay';
import { decidedAt, replayComparison } from '../experiment/replay';
import type { DataFrame, FieldConfig, NumberField } from '../sdk/frame';
import { metaOf, noticesOf } from './experiment-meta';
import { trafficOrigin } from './origin';

/** The traffic to replay. @throws FailureError when no source counted it */
export function countedTraffic({ evidence, failures }: Analysis): Ledger {
  if (evidence.ledger) {
    return evidence.ledger;
  }
  const [failure] = failures;
  throw new FailureError(
    failure ?? {
      class: 'config',
      field: 'prometheus.url',
      message: 'A replay needs counted traffic, and no source that counts it is configured.',
      fix: 'Add Prometheus or InfluxDB in the data source’s settings.',
    },
  );
}

/** @throws FailureError when no source counted the traffic, or the metric is not the experiment's */
export function answerReplay(analysis: Analysis, query: ExperimentQuery): DataFrame[] {
  const ledger = countedTraffic(analysis);
  const notices = noticesOf(analysis);
  const wanted = replayedMetrics(analysis, query.metric);
  const compared = new Set(analysis.comparisons.map(({ variant }) => variant));
  return analysis.experiment.variants
    .filter(({ name }) => compared.has(name))
    .flatMap((variant) =>
      wanted.map((metric, index) => {
        const points = replayComparison(analysis.experiment, metric, variant, ledger, analysis.window, analysis.plan);
        const replay: ReplayMeta = {
          metric,
          variant: variant.name,
          verdict: points.at(-1)?.comparison.verdict ?? 'not-enough-data',
          decidedAt: isWithheld(analysis) ? null : decidedAt(points),
          marks: splitMarks(analysis),
        };
        const frame = frameOf(analysis, metric, variant.name, points);
        return {
          ...frame,
          meta: {
            ...metaOf(analysis, 'replay', { replay }),
            type: 'timeseries-wide' as const,
            typeVersion: [0, 1] as [number, number],
            notices: index === 0 ? notices : undefined,
          },
        };
      }),
    );
}

/** Nothing is decided on traffic that is not sound or not measured, whatever its interval says. */
const isWithheld = ({ plan: { blocks } }: Analysis): boolean => blocks.all.length > 0 || blocks.traffic.length > 0;

/** The metric asked for, else the goal. @throws FailureError when it is not among the experiment's */
export function replayedMetrics({ metrics }: Analysis, asked: string | undefined): Metric[] {
  if (asked === undefined) {
    const goal = metrics.find(({ role }) => role === 'goal') ?? metrics[0];
    return goal ? [goal] : [];
  }
  const found = metrics.filter(({ id }) => id === asked);
  if (found.length === 0) {
    throw new FailureError({
      class: 'query',
      field: 'metric',
      message: `Metric “${asked}” is not among this experiment’s.`,
      fix: `Use one of: ${metrics.map(({ id }) => id).join(', ')}.`,
    });
  }
  return found;
}

const UNITS: Record<string, FieldConfig> = { fraction: { unit: 'percentunit' }, ms: { unit: 'ms' } };

type ReplayColumn = [(typeof REPLAY_FIELDS)[number], (point: ReplayPoint) => number | null | undefined];

const COLUMNS: readonly ReplayColumn[] = [
  ['lift_abs', ({ comparison }) => comparison.absolute?.estimate],
  ['ci_low', ({ comparison }) => comparison.absolute?.fixed.low],
  ['ci_high', ({ comparison }) => comparison.absolute?.fixed.high],
  ['seq_ci_low', ({ comparison }) => comparison.absolute?.sequential?.low],
  ['seq_ci_high', ({ comparison }) => comparison.absolute?.sequential?.high],
  ['seq_p', ({ comparison }) => comparison.absolute?.sequentialPValue],
];

function frameOf(analysis: Analysis, metric: Metric, variant: string, points: readonly ReplayPoint[]): DataFrame {
  const labels = { experiment: analysis.experiment.id, metric: metric.id, variant };
  return {
    name: `${variant} ${metric.id}`,
    fields: [
      { name: 'time', type: 'time', values: points.map(({ at }) => at) },
      ...COLUMNS.map(([name, of]): NumberField => ({
        name,
        type: 'number',
        labels,
        config: {
          ...(name === 'seq_p' ? {} : UNITS[metric.unit]),
          custom: { uplift: trafficOrigin(analysis.evidence) },
        },
        values: points.map((point) => of(point) ?? null),
      })),
    ],
  };
}

/** Where one declared phase gave way to the next. */
export function splitMarks({ experiment, window }: Analysis): TimeMark[] {
  const shares = (index: number) => formatSplit(Object.values(experiment.phases[index]?.split ?? {}));
  return experiment.phases.flatMap(({ from }, index): TimeMark[] =>
    index > 0 && from > window.from && from < window.to
      ? [{ at: from, kind: 'split', label: `split ${shares(index - 1)} → ${shares(index)}` }]
      : [],
  );
}
