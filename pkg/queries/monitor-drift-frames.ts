/** Computed drift as tables: a row a feature, and a row a bin of each. */
import { bandOf } from '../../src/calc/drift/psi';
import { isRefusal } from '../../src/calc/stats/refusal';
import type { DRIFT_BINS_FIELDS, DRIFT_FIELDS, UpliftMeta } from '../../src/contract/frames';
import type { MonitorQuery } from '../../src/contract/query';
import type { DataFrame, Notice } from '../sdk/frame';
import type { FeatureDrift, WholeDrift } from './monitor-drift-measures';
import { bandsOf, WHOLE_MODEL } from './monitor-drift-measures';
import type { Column } from './table';
import { tableOf } from './table';

/** What every frame of one answer says of itself. */
export interface DriftMeta {
  uplift: UpliftMeta;
  notices: Notice[];
  executedQueryString: string;
}

interface Row {
  labels: Record<string, string>;
  value: number | null;
  pValue: number | null;
  /** Null for a whole model. */
  feature: FeatureDrift | null;
}

/** The features, the furthest first within each model, and below them each whole model under `__all__`. */
export function driftFrame(
  features: readonly FeatureDrift[],
  wholes: readonly WholeDrift[],
  query: MonitorQuery,
  meta: DriftMeta,
): DataFrame {
  const rows: Row[] = [
    ...features.map((feature) => ({ ...feature, feature })).sort((a, b) => (b.value ?? -1) - (a.value ?? -1)),
    ...wholes.map((whole) => ({ ...whole, labels: { ...whole.labels, feature: WHOLE_MODEL }, feature: null })),
  ];
  const bands = bandsOf(query);
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const moved = (distance: FeatureDrift['drift']['wasserstein']) =>
    distance === null || isRefusal(distance) ? null : distance.distance;
  const columns: ReadonlyArray<Column<Row> & { name: (typeof DRIFT_FIELDS)[number] }> = [
    { name: 'variant', type: 'string', of: ({ labels }) => labels.variant ?? null },
    { name: 'feature', type: 'string', of: ({ labels }) => labels.feature ?? null },
    { name: 'value', type: 'number', of: ({ value }) => value, config: { min: 0, custom: { uplift: { bands } } } },
    { name: 'p_value', type: 'number', of: ({ pValue }) => pValue },
    { name: 'band', type: 'string', of: ({ value }) => (value === null || !bands ? null : bandOf(value, bands)) },
    { name: 'psi', type: 'number', of: ({ feature }) => feature?.drift.psi ?? null },
    { name: 'js', type: 'number', of: ({ feature }) => feature?.drift.jensenShannon ?? null },
    { name: 'ks', type: 'number', of: ({ feature }) => feature?.drift.kolmogorovSmirnov ?? null },
    { name: 'wasserstein', type: 'number', of: ({ feature }) => feature && moved(feature.drift.wasserstein) },
    { name: 'n_reference', type: 'number', of: ({ feature }) => feature && total(feature.pair.reference) },
    { name: 'n_current', type: 'number', of: ({ feature }) => feature && total(feature.pair.current) },
    { name: 'source', type: 'string', of: ({ feature }) => feature?.source ?? null },
  ];
  const { uplift, notices, executedQueryString } = meta;
  return tableOf('drift', rows, [...columns, ...otherDimensions(query)], { custom: { uplift }, notices, executedQueryString }); // prettier-ignore
}

interface BinRow {
  labels: Record<string, string>;
  name: string;
  from: number | null;
  to: number | null;
  reference: number;
  current: number;
  contribution: number | null;
}

/** What each bin adds to each feature's PSI, in the bins' order. */
export function driftBinsFrame(features: readonly FeatureDrift[], { uplift }: DriftMeta): DataFrame {
  const rows = features.flatMap(({ labels, pair, drift }): BinRow[] => {
    const share = (counts: readonly number[], bin: number) =>
      (counts[bin] ?? 0) / counts.reduce((sum, count) => sum + count, 0);
    return pair.bins.map((bin, index) => ({
      labels,
      ...bin,
      reference: share(pair.reference, index),
      current: share(pair.current, index),
      contribution: drift.contributions[index] ?? null,
    }));
  });
  const fraction = { unit: 'percentunit' };
  const columns: ReadonlyArray<Column<BinRow> & { name: (typeof DRIFT_BINS_FIELDS)[number] }> = [
    { name: 'variant', type: 'string', of: ({ labels }) => labels.variant ?? null },
    { name: 'feature', type: 'string', of: ({ labels }) => labels.feature ?? null },
    { name: 'from', type: 'number', of: ({ from }) => from },
    { name: 'to', type: 'number', of: ({ to }) => to },
    { name: 'reference', type: 'number', of: ({ reference }) => reference, config: fraction },
    { name: 'current', type: 'number', of: ({ current }) => current, config: fraction },
    { name: 'contribution', type: 'number', of: ({ contribution }) => contribution },
    { name: 'bin', type: 'string', of: ({ name }) => name },
  ];
  return tableOf('drift_bins', rows, columns, { custom: { uplift: { ...uplift, frame: 'drift_bins' } } });
}

/** Dimensions of the query beyond those every answer has. */
const otherDimensions = ({ by }: MonitorQuery): Array<Column<Row>> =>
  by
    .filter((name) => name !== 'variant' && name !== 'feature')
    .map((name) => ({ name, type: 'string', of: ({ labels }) => labels[name] ?? null }));
