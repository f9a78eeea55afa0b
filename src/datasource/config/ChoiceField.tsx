/** One of a few values. */
import { Combobox, Field, type ComboboxOption } from '@grafana/ui';
import { useFieldWidth } from './field-width';

interface Props<T extends string> {
  id: string;
  label: string;
  description?: string;
  options: Array<ComboboxOption<T>>;
  value: T | undefined;
  placeholder?: string;
  fault?: string;
  onChange: (value: T) => void;
}

export function ChoiceField<T extends string>({ id, label, description, fault, onChange, ...choice }: Props<T>) {
  const width = useFieldWidth();
  const inputId = `uplift-${id}`;
  return (
    <Field
      label={label}
      description={description}
      htmlFor={inputId}
      invalid={fault !== undefined}
      error={fault}
      className={width}
    >
      <Combobox {...choice} id={inputId} onChange={({ value }) => onChange(value)} />
    </Field>
  );
}
