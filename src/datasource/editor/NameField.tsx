/** One name out of those the stores know, found as one types; a variable or another name may be typed. */
import { Combobox, InlineField, type ComboboxOption } from '@grafana/ui';
import { FIELD_WIDTH, LABEL_WIDTH } from './widths';

interface Props {
  id: string;
  label: string;
  tooltip?: string;
  options: (search: string) => Promise<ComboboxOption[]>;
  value: string | undefined;
  /** What an empty field means: `Choose one`, `All`. */
  placeholder: string;
  /** Undefined when the field was emptied. */
  onChange: (name: string | undefined) => void;
}

export function NameField({ id, label, tooltip, options, value, placeholder, onChange }: Props) {
  return (
    <InlineField label={label} labelWidth={LABEL_WIDTH} tooltip={tooltip} htmlFor={id}>
      <Combobox
        id={id}
        options={options}
        value={value === undefined || value === '' ? null : value}
        placeholder={placeholder}
        createCustomValue
        isClearable
        width={FIELD_WIDTH}
        onChange={(option) => onChange(option?.value)}
      />
    </InlineField>
  );
}
