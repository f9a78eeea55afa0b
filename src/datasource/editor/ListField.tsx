/** Several choices, or names and variables typed. */
import { InlineField, MultiCombobox, type ComboboxOption } from '@grafana/ui';
import { FIELD_WIDTH, LABEL_WIDTH } from './widths';

interface Props {
  id: string;
  label: string;
  /** `auto` where the label holds a name, which may be long. */
  labelWidth?: typeof LABEL_WIDTH | 'auto';
  tooltip?: string;
  options: ComboboxOption[] | ((search: string) => Promise<ComboboxOption[]>);
  value: readonly string[] | undefined;
  placeholder: string;
  /** Undefined when nothing is chosen any more. */
  onChange: (value: string[] | undefined) => void;
}

export function ListField({
  id,
  label,
  labelWidth = LABEL_WIDTH,
  tooltip,
  options,
  value = [],
  placeholder,
  onChange,
}: Props) {
  return (
    <InlineField label={label} labelWidth={labelWidth} tooltip={tooltip} htmlFor={id}>
      <MultiCombobox
        id={id}
        options={options}
        value={[...value]}
        placeholder={placeholder}
        createCustomValue
        isClearable
        width={FIELD_WIDTH}
        onChange={(chosen) => onChange(chosen.length === 0 ? undefined : chosen.map((option) => option.value))}
      />
    </InlineField>
  );
}
