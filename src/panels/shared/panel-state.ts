/** What a panel has to show, decided once for all panels. */
import { LoadingState, type DataFrame, type DataQueryError } from '@grafana/data';
import type { UpliftMeta } from '../../contract/frames';
import { firstUpliftMeta } from './frames';

export type PanelState =
  /** Nothing has arrived yet: draw nothing, the host shows its loading bar. */
  | { kind: 'waiting' }
  | { kind: 'failed'; error: DataQueryError; meta: UpliftMeta | undefined }
  | { kind: 'no-data'; meta: UpliftMeta | undefined }
  | { kind: 'ready'; meta: UpliftMeta | undefined; series: DataFrame[] };

/** The part of Grafana's `PanelData` that decides. A failed request fills `error` alone, a failed query `errors` too. */
export interface PanelAnswer {
  state: LoadingState;
  series: DataFrame[];
  errors?: DataQueryError[];
  error?: DataQueryError;
}

/**
 * The state of a panel's data. Frames beside an error are a partial answer and are shown; an error alone is the answer.
 * A listing (of experiments, of sources) has its rows to show even where no source has data; an answer without rows may be
 * a good one where `isEmptyFine`: no alert is none.
 */
export function panelStateOf(data: PanelAnswer, isListing = false, isEmptyFine = false): PanelState {
  const meta = firstUpliftMeta(data.series);
  const isAnswered = isEmptyFine && data.state === LoadingState.Done && meta !== undefined;
  if (
    (isAnswered || data.series.some((frame) => frame.length > 0)) &&
    (isListing || meta?.provenance.level !== 'no-data')
  ) {
    return { kind: 'ready', meta, series: data.series };
  }
  const error = data.errors?.[0] ?? data.error;
  if (error) {
    return { kind: 'failed', error, meta };
  }
  const isWaiting = data.state === LoadingState.Loading || data.state === LoadingState.NotStarted;
  return isWaiting && data.series.length === 0 ? { kind: 'waiting' } : { kind: 'no-data', meta };
}
