/** Chooses an experiment from those the stores know; a variable or another name may be typed. */
import { Combobox, InlineField, type ComboboxOption } from '@grafana/ui';
import type { UpliftDataSource } from '../datasource';
import { FIELD_WIDTH, LABEL_WIDTH } from './fieldProps';

interface Props {
  datasource: UpliftDataSource;
  refId: string;
  value: string | undefined;
  /** Shown where no experiment is chosen: `Choose one`, or `All` where none is needed. */
  placeholder: string;
  onChange: (experiment: string) => void;
}

export function ExperimentField({ datasource, refId, value, placeholder, onChange }: Props) {
  const listOptions = async (search: string): Promise<ComboboxOption[]> => {
    const experiments = await datasource.listExperiments();
    return experiments
      .filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(search.toLowerCase()))
      .map(({ id, name, status }) => ({ value: id, label: name, description: `${id} · ${status}` }));
  };
  const id = `uplift-experiment-${refId}`;
  return (
    <InlineField label="Experiment" labelWidth={LABEL_WIDTH} htmlFor={id}>
      <Combobox
        id={id}
        options={listOptions}
        value={value === '' ? null : value}
        placeholder={placeholder}
        createCustomValue
        isClearable
        width={FIELD_WIDTH}
        onChange={(option) => onChange(option?.value ?? '')}
      />
    </InlineField>
  );
}
