/** Something that is on or off. */
import { Field, Switch } from '@grafana/ui';
import { useFieldWidth } from './field-width';

interface Props {
  id: string;
  label: string;
  description?: string;
  value: boolean;
  onChange: (value: boolean) => void;
}

export function SwitchField({ id, label, description, value, onChange }: Props) {
  const width = useFieldWidth();
  return (
    <Field label={label} description={description} className={width}>
      <Switch id={`uplift-${id}`} value={value} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
    </Field>
  );
}
