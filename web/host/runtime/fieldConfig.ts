/** The standard field options (unit, thresholds, …) that Grafana registers at start and does not publish. */
import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldColorModeId,
  type FieldConfigPropertyItem,
  identityOverrideProcessor,
  numberOverrideProcessor,
  stringOverrideProcessor,
  ThresholdsMode,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';

/** The page edits nothing; panels ask for editors all the same as they register their options. */
export const NoEditor = () => null;

type Extra = Partial<Pick<FieldConfigPropertyItem, 'defaultValue' | 'settings'>>;

function fieldOption(
  id: string,
  process: FieldConfigPropertyItem['process'],
  extra: Extra = {},
): FieldConfigPropertyItem {
  return {
    id,
    path: id,
    name: id,
    editor: NoEditor,
    override: NoEditor,
    process,
    settings: {},
    shouldApply: () => true,
    ...extra,
  };
}

const DEFAULT_THRESHOLDS = {
  mode: ThresholdsMode.Absolute,
  steps: [
    { value: -Infinity, color: 'green' },
    { value: 80, color: 'red' },
  ],
};

/** Options with the processors and defaults of Grafana's own registry. */
export const standardFieldOptions = (): FieldConfigPropertyItem[] => [
  fieldOption('unit', unitOverrideProcessor),
  fieldOption('min', numberOverrideProcessor),
  fieldOption('max', numberOverrideProcessor),
  fieldOption('fieldMinMax', booleanOverrideProcessor),
  fieldOption('decimals', numberOverrideProcessor),
  fieldOption('displayName', displayNameOverrideProcessor, { settings: { expandTemplateVars: true } }),
  fieldOption('noValue', stringOverrideProcessor),
  fieldOption('color', identityOverrideProcessor, { defaultValue: { mode: FieldColorModeId.PaletteClassic } }),
  fieldOption('links', dataLinksOverrideProcessor),
  fieldOption('mappings', valueMappingsOverrideProcessor, { defaultValue: [] }),
  fieldOption('thresholds', thresholdsOverrideProcessor, { defaultValue: DEFAULT_THRESHOLDS }),
  fieldOption('filterable', booleanOverrideProcessor),
];
