/** One choice out of a few, labelled. */
import { Combobox, InlineField, type ComboboxOption } from '@grafana/ui';
import { FIELD_WIDTH, LABEL_WIDTH } from './widths';

interface Props<T extends string> {
  id: string;
  label: string;
  tooltip?: string;
  options: Array<ComboboxOption<T>>;
  value: T | undefined;
  placeholder?: string;
  onChange: (value: T) => void;
}

export function ChoiceField<T extends string>({ id, label, tooltip, options, value, placeholder, onChange }: Props<T>) {
  return (
    <InlineField label={label} labelWidth={LABEL_WIDTH} tooltip={tooltip} htmlFor={id}>
      <Combobox
        id={id}
        options={options}
        value={value ?? null}
        placeholder={placeholder}
        width={FIELD_WIDTH}
        onChange={(option) => onChange(option.value)}
      />
    </InlineField>
  );
}
