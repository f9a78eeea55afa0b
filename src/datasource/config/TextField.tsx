/** A line of text in the settings, with its fault beside it. */
import { Field, Input } from '@grafana/ui';
import { useFieldWidth } from './field-width';

interface Props {
  id: string;
  label: string;
  description?: string;
  value: string | number | undefined;
  placeholder?: string;
  type?: 'text' | 'number' | 'password';
  /** Written after the value, e.g. `s`. */
  unit?: string;
  fault: string | undefined;
  onChange: (value: string) => void;
}

export function TextField({ id, label, description, value, placeholder, type = 'text', unit, fault, onChange }: Props) {
  const width = useFieldWidth();
  return (
    <Field label={label} description={description} invalid={fault !== undefined} error={fault} className={width}>
      <Input
        id={`uplift-${id}`}
        type={type}
        step={type === 'number' ? 'any' : undefined}
        value={value ?? ''}
        placeholder={placeholder}
        suffix={unit}
        autoComplete="off"
        aria-invalid={fault !== undefined}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </Field>
  );
}
