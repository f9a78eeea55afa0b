/** The trend panel's options. */
export type Draw = 'line' | 'bars';
export type ThresholdStyle = 'off' | 'line' | 'region';
export type LegendStyle = 'last' | 'full' | 'off';

export interface TrendOptions {
  draw: Draw;
  legend: LegendStyle;
  thresholds: ThresholdStyle;
  /** Names of the thresholds above the base, lowest first, separated by commas: `watch, drifted`. */
  thresholdNames: string;
  /** Interval or percentile bands, where the frames carry them. */
  showBands: boolean;
}

export const DEFAULT_OPTIONS: TrendOptions = {
  draw: 'line',
  legend: 'last',
  thresholds: 'line',
  thresholdNames: '',
  showBands: true,
};
