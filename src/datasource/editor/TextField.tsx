/** A line of text, or a number, taken when the field is left or with Enter. */
import { InlineField, Input } from '@grafana/ui';
import { FIELD_WIDTH, LABEL_WIDTH } from './widths';

interface Props {
  id: string;
  label: string;
  /** `auto` where the label holds a name, which may be long. */
  labelWidth?: typeof LABEL_WIDTH | 'auto';
  tooltip?: string;
  type?: 'text' | 'number';
  value: string | number | undefined;
  /** The default, where there is one. */
  placeholder?: string;
  /** Written after the value, e.g. `s`. */
  unit?: string;
  /** What is wrong with it, in words. */
  fault?: string;
  /** Undefined when the field was emptied. */
  onChange: (value: string | undefined) => void;
}

export function TextField({
  id,
  label,
  labelWidth = LABEL_WIDTH,
  tooltip,
  type = 'text',
  value = '',
  placeholder,
  unit,
  fault,
  onChange,
}: Props) {
  const take = (text: string) => {
    const trimmed = text.trim();
    if (trimmed !== String(value)) {
      onChange(trimmed === '' ? undefined : trimmed);
    }
  };
  return (
    <InlineField
      label={label}
      labelWidth={labelWidth}
      tooltip={tooltip}
      htmlFor={id}
      invalid={fault !== undefined}
      error={fault}
    >
      <Input
        // A value that changed elsewhere is shown; while someone types, it is theirs.
        key={value}
        id={id}
        type={type}
        step={type === 'number' ? 'any' : undefined}
        defaultValue={value}
        placeholder={placeholder}
        suffix={unit}
        width={FIELD_WIDTH}
        autoComplete="off"
        aria-invalid={fault !== undefined}
        onBlur={({ currentTarget }) => take(currentTarget.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') {
            take(currentTarget.value);
          }
        }}
      />
    </InlineField>
  );
}

/** A text field's value as a number; undefined for none. */
export function numberOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text === undefined || !Number.isFinite(value) ? undefined : value;
}
