/** A line of text in the settings, with its fault beside it. */
import { Field, Input } from '@grafana/ui';

interface Props {
  id: string;
  label: string;
  description?: string;
  value: string | number | undefined;
  placeholder?: string;
  type?: 'text' | 'number';
  fault: string | undefined;
  onChange: (value: string) => void;
}

const WIDTH = 48;

export function TextField({ id, label, description, value, placeholder, type = 'text', fault, onChange }: Props) {
  return (
    <Field label={label} description={description} invalid={fault !== undefined} error={fault}>
      <Input
        id={`uplift-${id}`}
        type={type}
        value={value ?? ''}
        placeholder={placeholder}
        width={WIDTH}
        autoComplete="off"
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </Field>
  );
}
