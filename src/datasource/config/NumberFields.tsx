/** Numbers of one part of the settings, one field each, from a table. */
import { numberOrUnset } from './access';
import type { Faults } from './faults';
import { TextField } from './TextField';

export interface NumberSetting<Name extends string> {
  name: Name;
  label: string;
  description?: string;
  unit?: string;
  /** The default, as it applies when the field is empty. */
  placeholder: string;
}

interface Props<Name extends string> {
  /** The part, e.g. `business`: faults are named after it. */
  part: string;
  fields: ReadonlyArray<NumberSetting<Name>>;
  values: Partial<Readonly<Record<Name, number | string | undefined>>>;
  faults: Faults;
  onChange: (name: Name, value: number | undefined) => void;
}

export function NumberFields<Name extends string>({ part, fields, values, faults, onChange }: Props<Name>) {
  return (
    <>
      {fields.map(({ name, ...field }) => (
        <TextField
          key={name}
          {...field}
          id={`${part}-${name}`}
          type="number"
          value={values[name]}
          fault={faults.get(`${part}.${name}`)}
          onChange={(text) => onChange(name, numberOrUnset(text))}
        />
      ))}
    </>
  );
}
