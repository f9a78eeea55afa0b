import { FieldColorModeId, FieldConfigProperty, PanelPlugin, ThresholdsMode } from '@grafana/data';
import { ComparisonPanel } from './ComparisonPanel';
import { DEFAULT_OPTIONS, VIEWS, type ComparisonOptions, type View } from './options';

const VIEW_LABELS: Record<View, { label: string; description: string }> = {
  comparison: {
    label: 'Comparison',
    description: 'Variants against the control, metric by metric (query: experiment)',
  },
  split: { label: 'Traffic split', description: 'Requests per variant against the expected split (query: experiment)' },
  experiments: { label: 'Experiments', description: 'Every experiment with its status (query: overview)' },
  numbers: { label: 'Numbers', description: 'The live numbers in one row (query: overview)' },
  sources: { label: 'Sources', description: 'State, latency and newest sample of each source (query: status)' },
  facts: {
    label: 'Deployment facts',
    description: 'What is deployed, first and last seen (query: monitor, view facts)',
  },
  alerts: { label: 'Alerts', description: 'State of each alert and since when (query: monitor, view alerts)' },
  drift: {
    label: 'Drift by feature',
    description: 'How far each feature moved (query: monitor, drift by feature, table)',
  },
};

function viewOption(value: View) {
  return { value, ...VIEW_LABELS[value] };
}

export const plugin = new PanelPlugin<ComparisonOptions>(ComparisonPanel)
  .useFieldConfig({
    standardOptions: {
      // Verdicts have their own colours; thresholds colour a number only where the dashboard's author asks for it.
      [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.Fixed, fixedColor: 'text' } },
      [FieldConfigProperty.Thresholds]: {
        defaultValue: { mode: ThresholdsMode.Absolute, steps: [{ value: -Infinity, color: 'text' }] },
      },
    },
  })
  .setPanelOptions((builder) =>
    builder
      .addSelect({
        path: 'view',
        name: 'View',
        defaultValue: DEFAULT_OPTIONS.view,
        settings: { options: VIEWS.map(viewOption) },
      })
      .addTextInput({
        path: 'metric',
        name: 'Metric',
        description: 'Shows this metric alone, by its id. Empty shows all.',
        defaultValue: DEFAULT_OPTIONS.metric,
        showIf: (options) => options.view === 'comparison',
      })
      .addBooleanSwitch({
        path: 'showChecks',
        name: 'Checks and legend',
        description: 'The checks of the test, its worst segment and the legend, under the table.',
        defaultValue: DEFAULT_OPTIONS.showChecks,
        showIf: (options) => options.view === 'comparison',
      }),
  );
