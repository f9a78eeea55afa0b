import { createDataFrame, FieldType, LoadingState } from '@grafana/data';
import type { Level } from '../../calc/provenance';
import type { UpliftMeta } from '../../contract/frames';
import { panelStateOf, type PanelAnswer, type PanelState } from './panel-state';

function frame(level: Level, rows: number) {
  const meta: UpliftMeta = { frame: 'comparisons', provenance: { level, sources: [], answeredAt: 0 } };
  const values = Array.from({ length: rows }, (_, index) => index);
  return createDataFrame({
    meta: { custom: { uplift: meta } },
    fields: [{ name: 'n', type: FieldType.number, values }],
  });
}
const error = { message: 'refused' };

const CASES: Array<[string, PanelAnswer, PanelState['kind']]> = [
  ['the first load waits', { state: LoadingState.Loading, series: [] }, 'waiting'],
  ['rows are shown', { state: LoadingState.Done, series: [frame('live', 1)] }, 'ready'],
  ['rows beside an error are a partial answer', { state: LoadingState.Error, series: [frame('model', 1)], errors: [error] }, 'ready'],
  ['an error alone is the answer', { state: LoadingState.Error, series: [], errors: [error] }, 'failed'],
  ['so is the single form a failed request fills', { state: LoadingState.Error, series: [], error }, 'failed'],
  ['frames without rows are no data', { state: LoadingState.Done, series: [frame('live', 0)] }, 'no-data'],
  ['so are rows without any source', { state: LoadingState.Done, series: [frame('no-data', 2)] }, 'no-data'],
]; // prettier-ignore

it.each(CASES)('%s', (_name, data, kind) => {
  expect(panelStateOf(data).kind).toBe(kind);
});

it('a listing shows its rows where no source has data: they say why', () => {
  expect(panelStateOf({ state: LoadingState.Done, series: [frame('no-data', 3)] }, true).kind).toBe('ready');
});
