/** Yes or no, labelled. */
import { InlineField, InlineSwitch } from '@grafana/ui';
import { LABEL_WIDTH } from './widths';

interface Props {
  id: string;
  label: string;
  tooltip?: string;
  value: boolean;
  onChange: (value: boolean) => void;
}

export function SwitchField({ id, label, tooltip, value, onChange }: Props) {
  return (
    <InlineField label={label} labelWidth={LABEL_WIDTH} tooltip={tooltip} htmlFor={id}>
      <InlineSwitch id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
    </InlineField>
  );
}
