/** Several lines of text in the settings, with their fault beside them. */
import { Field, TextArea } from '@grafana/ui';
import { useFieldWidth } from './field-width';

interface Props {
  id: string;
  label: string;
  description?: string;
  value: string | undefined;
  placeholder?: string;
  rows?: number;
  fault: string | undefined;
  onChange: (value: string) => void;
}

export function TextAreaField({ id, label, description, value, placeholder, rows = 4, fault, onChange }: Props) {
  const width = useFieldWidth();
  return (
    <Field label={label} description={description} invalid={fault !== undefined} error={fault} className={width}>
      <TextArea
        id={`uplift-${id}`}
        value={value ?? ''}
        placeholder={placeholder}
        rows={rows}
        spellCheck={false}
        aria-invalid={fault !== undefined}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </Field>
  );
}
