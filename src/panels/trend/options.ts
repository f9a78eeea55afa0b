/** The trend panel's options. */
export type Draw = 'line' | 'bars';
export type ThresholdStyle = 'off' | 'line' | 'region';
/** `data`: from the first to the last sample, for series that are cumulative from the start of a test. */
export type TimeSpan = 'dashboard' | 'data';
export type LegendStyle = 'last' | 'full' | 'off';

export interface TrendOptions {
  draw: Draw;
  span: TimeSpan;
  legend: LegendStyle;
  thresholds: ThresholdStyle;
  /** Names of the thresholds above the base, lowest first, separated by commas: `watch, drifted`. */
  thresholdNames: string;
  /** Interval or percentile bands, where the frames carry them. */
  showBands: boolean;
}

export const DEFAULT_OPTIONS: TrendOptions = {
  draw: 'line',
  span: 'dashboard',
  legend: 'last',
  thresholds: 'line',
  thresholdNames: '',
  showBands: true,
};
