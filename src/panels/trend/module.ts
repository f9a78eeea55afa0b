import { FieldConfigProperty, PanelPlugin, ThresholdsMode } from '@grafana/data';
import {
  DEFAULT_OPTIONS,
  type Draw,
  type LegendStyle,
  type ThresholdStyle,
  type TimeSpan,
  type TrendOptions,
} from './options';
import { TrendPanel } from './TrendPanel';

const DRAW: Array<{ value: Draw; label: string }> = [
  { value: 'line', label: 'Lines' },
  { value: 'bars', label: 'Bars' },
];
const SPAN: Array<{ value: TimeSpan; label: string }> = [
  { value: 'dashboard', label: 'Dashboard range' },
  { value: 'data', label: 'All data' },
];
const LEGEND: Array<{ value: LegendStyle; label: string }> = [
  { value: 'last', label: 'Last value' },
  { value: 'full', label: 'Last, mean, change' },
  { value: 'off', label: 'None' },
];
const THRESHOLDS: Array<{ value: ThresholdStyle; label: string }> = [
  { value: 'line', label: 'Lines' },
  { value: 'region', label: 'Lines and regions' },
  { value: 'off', label: 'Off' },
];

export const plugin = new PanelPlugin<TrendOptions>(TrendPanel)
  .useFieldConfig({
    standardOptions: {
      // Grafana's own default has a red step at 80, which would draw a line nobody asked for.
      [FieldConfigProperty.Thresholds]: {
        defaultValue: { mode: ThresholdsMode.Absolute, steps: [{ value: -Infinity, color: 'transparent' }] },
      },
    },
  })
  .setPanelOptions((builder) =>
    builder
      .addRadio({ path: 'draw', name: 'Draw', defaultValue: DEFAULT_OPTIONS.draw, settings: { options: DRAW } })
      .addRadio({
        path: 'span',
        name: 'Time axis',
        description: 'All data: for series that are cumulative from the start of a test, whatever the dashboard shows.',
        defaultValue: DEFAULT_OPTIONS.span,
        settings: { options: SPAN },
      })
      .addSelect({
        path: 'legend',
        name: 'Legend',
        defaultValue: DEFAULT_OPTIONS.legend,
        settings: { options: LEGEND },
      })
      .addRadio({
        path: 'thresholds',
        name: 'Thresholds',
        defaultValue: DEFAULT_OPTIONS.thresholds,
        settings: { options: THRESHOLDS },
      })
      .addTextInput({
        path: 'thresholdNames',
        name: 'Threshold names',
        description: 'Written on the lines, lowest first, separated by commas: watch, drifted',
        defaultValue: DEFAULT_OPTIONS.thresholdNames,
        showIf: (options) => options.thresholds !== 'off',
      })
      .addBooleanSwitch({
        path: 'showBands',
        name: 'Bands',
        description: 'Interval or percentile bands, where the data carries them.',
        defaultValue: DEFAULT_OPTIONS.showBands,
      }),
  );
