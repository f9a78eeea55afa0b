/** The MLflow part of the mapping: which param names the variant, which metrics are accuracy, precision and recall. */
import type { ComboboxOption } from '@grafana/ui';
import type { MlflowMapping } from '../../contract/settings';
import type { UpliftJsonData } from '../settings';
import { textOrUnset } from './access';
import { ChoiceField } from './ChoiceField';
import type { Faults } from './faults';
import { TextField } from './TextField';

type Overlay = NonNullable<NonNullable<UpliftJsonData['mapping']>['mlflow']>;

const PARAMS = [
  { name: 'variantParam', label: 'Variant param', placeholder: 'model_variant' },
  {
    name: 'testSizeParam',
    label: 'Test size param',
    description: 'Rows of the test set, or its share where below 1',
    placeholder: 'test_size',
  },
  {
    name: 'testRows',
    label: 'Test rows',
    description: 'Param or metric with the number of rows, where the test size is a share',
    placeholder: 'test_rows',
  },
] as const;

const METRICS = [
  { name: 'accuracy', label: 'Accuracy metrics', placeholder: 'accuracy, test_accuracy' },
  { name: 'precision', label: 'Precision metrics', placeholder: 'precision, test_precision' },
  { name: 'recall', label: 'Recall metrics', placeholder: 'recall, test_recall' },
] as const;

const SCALES: Array<ComboboxOption<MlflowMapping['accuracyScale']>> = [
  { value: 'auto', label: 'By its value: above 1 is percent' },
  { value: 'fraction', label: 'Fraction (0.82)' },
  { value: 'percent', label: 'Percent (82)' },
];

const namesIn = (text: string): string[] | undefined => {
  const names = text.split(',').map((name) => name.trim());
  return text.trim() === '' ? undefined : names;
};

interface Props {
  mapping: Overlay;
  faults: Faults;
  onChange: (changed: Partial<Overlay>) => void;
}

export function MlflowMappingFields({ mapping, faults, onChange }: Props) {
  return (
    <>
      {PARAMS.map(({ name, ...field }) => (
        <TextField
          key={name}
          {...field}
          id={`mapping-mlflow-${name}`}
          value={mapping[name]}
          fault={faults.get(`mapping.mlflow.${name}`)}
          onChange={(text) => onChange({ [name]: textOrUnset(text) })}
        />
      ))}
      {METRICS.map(({ name, ...field }) => (
        <TextField
          key={name}
          {...field}
          id={`mapping-mlflow-${name}`}
          description="The first one a run has, with commas"
          value={mapping[name]?.join(', ')}
          fault={faults.get(`mapping.mlflow.${name}`)}
          onChange={(text) => onChange({ [name]: namesIn(text) })}
        />
      ))}
      <ChoiceField
        id="mapping-mlflow-accuracyScale"
        label="They are written as"
        options={SCALES}
        value={mapping.accuracyScale ?? 'auto'}
        onChange={(accuracyScale) => onChange({ accuracyScale })}
      />
    </>
  );
}
