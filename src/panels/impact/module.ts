import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { NUMERIC_PARAMETERS, PARAMETER_LABELS } from '../../calc/impact/parameters';
import { ImpactPanel } from './ImpactPanel';
import { DEFAULT_OPTIONS, type ImpactOptions } from './options';

/** Options of a chart or a table that say nothing about a sum of money with its interval; no value and links are kept. */
const NOT_HONOURED = [
  FieldConfigProperty.Unit,
  FieldConfigProperty.Min,
  FieldConfigProperty.Max,
  FieldConfigProperty.Decimals,
  FieldConfigProperty.DisplayName,
  FieldConfigProperty.Color,
  FieldConfigProperty.Thresholds,
  FieldConfigProperty.Mappings,
  FieldConfigProperty.Filterable,
];

export const plugin = new PanelPlugin<ImpactOptions>(ImpactPanel)
  .useFieldConfig({ disableStandardOptions: NOT_HONOURED })
  .setPanelOptions((builder) => {
    builder
      .addBooleanSwitch({
        path: 'showAdvice',
        name: 'Advice',
        description: 'What to do next, from the test and the money together.',
        defaultValue: DEFAULT_OPTIONS.showAdvice,
      })
      .addBooleanSwitch({
        path: 'showWhatIf',
        name: 'What if',
        description: 'Sliders over the business parameters, recomputed in the browser.',
        defaultValue: DEFAULT_OPTIONS.showWhatIf,
      });
    for (const name of NUMERIC_PARAMETERS) {
      const { label, meaning } = PARAMETER_LABELS[name];
      builder.addNumberInput({
        path: `parameters.${name}`,
        name: label,
        description: `Assumed: ${meaning}. Empty: as the query or the data source says.`,
        category: ['Business parameters'],
        settings: { placeholder: 'from the query' },
      });
    }
  });
