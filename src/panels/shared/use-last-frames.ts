import { LoadingState, type DataFrame, type PanelData } from '@grafana/data';
import { useState } from 'react';

/** The panel's data, with the last frames kept while a refresh is under way, so that nothing blinks between two answers. */
export function useLastFrames(data: PanelData): PanelData {
  const [last, setLast] = useState<DataFrame[]>(data.series);
  const isEmptyWhileLoading = data.state === LoadingState.Loading && data.series.length === 0;
  if (!isEmptyWhileLoading && last !== data.series) {
    setLast(data.series);
  }
  return isEmptyWhileLoading && last.length > 0 ? { ...data, series: last } : data;
}
