/**
 * The check `aa_calibration`: the control against itself on the traffic before the test, when nothing differed. How far such
 * comparisons stray beyond their standard error is how much the intervals of the test must widen.
 */
import { formatPValue } from '../../src/calc/notation';
import { calibrate, type SelfComparisons, type SplitCalibration } from '../../src/calc/stats/calibration';
import { compare } from '../../src/calc/stats/compare';
import { isRefusal } from '../../src/calc/stats/refusal';
import { normalUpperQuantile } from '../../src/calc/stats/special';
import type { RatioStatistic, SufficientStatistic } from '../../src/calc/stats/sufficient';
import type { Unit } from '../../src/contract/experiment';
import type { CounterSeries, Traffic } from '../sources/capabilities/traffic';
import type { Period } from '../sources/period';
import type { Check } from './checks';
import { controlOf } from './compare';
import type { Experiment } from './definition';
import { variantAlias } from './definition';
import type { Evidence } from './evidence';
import type { Ledger } from './ledger';
import type { RatioMetric } from './statistics';
import { RATIO_METRICS } from './statistics';
import type { TestWindow } from './window';

export interface CalibrationCheck {
  check: Check;
  /** Factor by which intervals widen, at least 1. */
  inflation: number;
}

const DAY_MS = 86_400_000;
const LONGEST_MS = 3 * DAY_MS;

/** The period before the test whose traffic is compared with itself; null where the start is not known. */
export function calibrationPeriod({ start }: Experiment, window: TestWindow): Period | null {
  return start === null || !window.anchored ? null : { from: start - LONGEST_MS, to: start };
}

/** More comparisons than this add nothing but noise in each. */
const MOST_BLOCKS = 48;
/** Events and non-events a half needs for its z score to be normal, and time buckets for its variance to be one. */
const EVENTS_PER_HALF = 25;
const BUCKETS_PER_BLOCK = 12;

/**
 * Compares the control with itself in blocks of time, its traffic halved by instance and by time bucket.
 * @param byInstance the traffic before the start, by instance, with the series of its time buckets; null: not asked for
 */
export function checkCalibration(
  experiment: Experiment,
  byInstance: Pick<Evidence, 'ledger' | 'ledgerState' | 'failures'> | null,
  unit: Unit,
): CalibrationCheck {
  if (unit !== 'requests' && unit !== 'time-buckets') {
    return unknown(`A/A calibration not possible for the unit ${unit}`);
  }
  if (byInstance?.failures.length) {
    return unknown('A/A calibration not possible: the traffic before the start could not be read');
  }
  const isMeasured = byInstance?.ledgerState === 'measured';
  const calibration = isMeasured && byInstance.ledger ? calibrateOnce(experiment, byInstance.ledger, unit) : null;
  if (calibration === null) {
    return unknown('A/A calibration not possible: the control has no traffic before the start');
  }
  if (isRefusal(calibration)) {
    return unknown('A/A calibration not possible: too little traffic before the start');
  }
  const { widening, worst, splits } = calibration;
  const shown = widening > 1 ? worst : undefined;
  const message = shown
    ? `A/A calibration ${widening.toFixed(2)}×: intervals widened; the control against itself, ${shown.split}, ` +
      `alarms in ${alarmsOf([shown])}, p ${formatPValue(shown.pValue)}`
    : `A/A calibration ok: the control against itself alarms in ${alarmsOf(splits)}`;
  return {
    check: {
      check: 'aa_calibration',
      status: shown ? 'warning' : 'ok',
      pValue: Math.min(1, worst.pValue * splits.length),
      message,
      block: null,
    },
    inflation: widening,
  };
}

type Calibrated = ReturnType<typeof calibrate> | null;

interface KeptCalibration {
  traffics: readonly Traffic[];
  key: string;
  calibration: Calibrated;
}

const calibrations = new WeakMap<Traffic, KeptCalibration>();

/** The past before a start does not change and its chunks are kept: comparing it with itself on every refresh is waste. */
function calibrateOnce(experiment: Experiment, ledger: Ledger, unit: 'requests' | 'time-buckets'): Calibrated {
  const traffics = ledger.chunks.map(({ traffic }) => traffic);
  const [first] = traffics;
  if (!first) {
    return null;
  }
  const control = controlOf(experiment);
  const key = JSON.stringify([control && variantAlias(control, ledger.source), unit, experiment.alpha]);
  const kept = calibrations.get(first);
  const isSame = kept?.key === key && kept.traffics.length === traffics.length;
  if (isSame && kept.traffics.every((traffic, index) => traffic === traffics[index])) {
    return kept.calibration;
  }
  const cells = cellsOf(experiment, ledger);
  const calibration =
    cells.length === 0 ? null : calibrate(selfComparisons(cells, unit, experiment.alpha), experiment.alpha);
  calibrations.set(first, { traffics, key, calibration });
  return calibration;
}

/** `3 of 48 tests`. */
function alarmsOf(splits: readonly SplitCalibration[]): string {
  const tests = splits.reduce((sum, split) => sum + split.tests, 0);
  const alarms = splits.reduce((sum, split) => sum + split.tests * split.falseAlarmRate, 0);
  return `${Math.round(alarms)} of ${tests} tests`;
}

const unknown = (message: string): CalibrationCheck => ({
  check: { check: 'aa_calibration', status: 'unknown', pValue: null, message, block: null },
  inflation: 1,
});

/** What one instance counted in one time bucket. */
interface Cell {
  instance: number;
  time: number;
  series: CounterSeries;
  index: number;
}

/** The control's cells in order of time; instances are numbered by name. */
function cellsOf(experiment: Experiment, ledger: Ledger): Cell[] {
  const control = controlOf(experiment);
  const alias = control && variantAlias(control, ledger.source);
  const traffics = ledger.chunks.flatMap(({ traffic }) => traffic.variants).filter(({ variant }) => variant === alias);
  const instances = [...new Set(traffics.map(({ segment }) => segment))].sort();
  return traffics
    .flatMap(({ segment, series }) =>
      series
        ? [...series.times].map((time, index): Cell => ({ instance: instances.indexOf(segment), time, series, index }))
        : [],
    )
    .sort((a, b) => a.time - b.time);
}

/**
 * Ways to halve the traffic. By instance: those of even number against the others. By time bucket: instances take turns from
 * bucket to bucket, so that what moves all of them at once hits both halves, as it hits both variants of a test.
 */
const HALVINGS = {
  'split by instance': ({ instance }: Cell) => instance % 2,
  'split by time bucket': ({ instance }: Cell, bucket: number) => (instance + bucket) % 2,
} as const;

function selfComparisons(cells: readonly Cell[], unit: 'requests' | 'time-buckets', alpha: number): SelfComparisons[] {
  const times = [...new Set(cells.map(({ time }) => time))];
  const bucketOf = new Map(times.map((time, bucket) => [time, bucket]));
  return Object.entries(HALVINGS).flatMap(([split, halfOf]) =>
    metricsFor(unit).map((metric): SelfComparisons => {
      const halved = times.map((): [Sums, Sums] => [
        { m: 0, d: 0 },
        { m: 0, d: 0 },
      ]);
      for (const cell of cells) {
        const bucket = bucketOf.get(cell.time) ?? 0;
        const half = halved[bucket]?.[halfOf(cell, bucket) === 0 ? 0 : 1];
        if (half) {
          const { numerator, denominator } = RATIO_METRICS[metric];
          half.m += cell.series[numerator]?.[cell.index] ?? 0;
          half.d += cell.series[denominator]?.[cell.index] ?? 0;
        }
      }
      return { split: `${split} on ${WORDS[metric]}`, zScores: zScoresOf(halved, metric, unit, alpha) };
    }),
  );
}

/** Stores keep no sum of squares of latency per bucket, so its mean is calibrated over buckets only. */
const metricsFor = (unit: 'requests' | 'time-buckets'): readonly RatioMetric[] =>
  unit === 'requests' ? ['error_rate', 'accuracy'] : ['error_rate', 'accuracy', 'latency_mean_ms'];

const WORDS: Record<RatioMetric, string> = {
  error_rate: 'the error rate',
  accuracy: 'accuracy',
  latency_mean_ms: 'latency',
};

/** Numerator and denominator of one half in one time bucket. */
interface Sums {
  m: number;
  d: number;
}

/** One z score a block of consecutive time buckets. */
function zScoresOf(
  halved: readonly (readonly [Sums, Sums])[],
  metric: RatioMetric,
  unit: 'requests' | 'time-buckets',
  alpha: number,
): number[] {
  const size = blockSize(halved, metric);
  if (size === null) {
    return [];
  }
  const isRate = metric !== 'latency_mean_ms';
  const compared = { id: metric, kind: isRate ? 'proportion' : 'mean', direction: 'lower', role: 'goal' } as const;
  const plan = {
    alpha,
    decision: 'fixed',
    unit,
    anchored: false,
    randomised: true,
    plannedTotal: 1,
    elapsedDays: null,
    blocks: [],
  } as const;
  return Array.from({ length: Math.floor(halved.length / size) }, (_, block) => block * size).flatMap((from) => {
    const buckets = halved.slice(from, from + size);
    const [control, variant] = [0, 1].map((half) =>
      statisticOf(
        buckets.flatMap((pair) => pair[half] ?? []),
        unit,
      ),
    );
    if (!control || !variant) {
      return [];
    }
    const { absolute } = compare(compared, [{ control, variant }], plan);
    // Through the p-value, so that the t of few buckets becomes a normal z.
    return absolute ? [Math.sign(absolute.estimate) * normalUpperQuantile(Math.max(absolute.pValue / 2, 1e-300))] : [];
  });
}

/** Time buckets a block: so many that both halves have events to compare; null when that leaves no block. */
function blockSize(halved: readonly (readonly [Sums, Sums])[], metric: RatioMetric): number | null {
  const total = { m: 0, d: 0 };
  for (const { m, d } of halved.flat()) {
    total.m += m;
    total.d += d;
  }
  const events = metric === 'latency_mean_ms' ? total.d : Math.min(total.m, total.d - total.m);
  const blocks = Math.min(
    MOST_BLOCKS,
    Math.floor(events / (2 * EVENTS_PER_HALF)),
    Math.floor(halved.length / BUCKETS_PER_BLOCK),
  );
  return blocks >= 1 ? Math.floor(halved.length / blocks) : null;
}

/** A half's sums as counts of requests, or over its time buckets as units. */
function statisticOf(units: readonly Sums[], unit: 'requests' | 'time-buckets'): SufficientStatistic {
  const sum: RatioStatistic = {
    kind: 'ratio',
    n: 0,
    mSum: 0,
    mSumSquares: 0,
    dSum: 0,
    dSumSquares: 0,
    mdSumProducts: 0,
  };
  for (const { m, d } of units) {
    if (d > 0) {
      sum.n += 1;
      sum.mSum += m;
      sum.mSumSquares += m * m;
      sum.dSum += d;
      sum.dSumSquares += d * d;
      sum.mdSumProducts += m * d;
    }
  }
  return unit === 'requests' ? { kind: 'proportion', n: sum.dSum, x: sum.mSum } : sum;
}
