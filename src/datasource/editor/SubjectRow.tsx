/** The row every question about an experiment begins with: which experiment, and in which form the answer comes. */
import { InlineFieldRow, type ComboboxOption } from '@grafana/ui';
import type { Format } from '../../contract/query';
import type { UpliftDataSource } from '../datasource';
import { ChoiceField } from './ChoiceField';
import { experimentOptions } from './choices';
import { NameField } from './NameField';

interface Subject {
  refId: string;
  experiment?: string;
  format?: Format;
}

interface Props<V extends string> {
  datasource: UpliftDataSource;
  query: Subject & { value?: V };
  formats: Array<ComboboxOption<Format>>;
  /** The query type's own. */
  defaultFormat: Format;
  /** What no experiment means: `Choose one`, or `All` where none is needed. */
  placeholder: string;
  /** The one number asked for where the answer is numeric; absent where there is but one. */
  values?: Array<ComboboxOption<V>>;
  onChange: (changed: Partial<Subject & { value: V }>) => void;
}

export function SubjectRow<V extends string>(props: Props<V>) {
  const { datasource, query, formats, defaultFormat, placeholder, values, onChange } = props;
  const { refId, experiment, format = defaultFormat, value } = query;
  return (
    <InlineFieldRow>
      <NameField
        id={`uplift-experiment-${refId}`}
        label="Experiment"
        options={experimentOptions(datasource)}
        value={experiment}
        placeholder={placeholder}
        onChange={(chosen = '') => onChange({ experiment: chosen })}
      />
      <ChoiceField
        id={`uplift-format-${refId}`}
        label="Format"
        options={formats}
        value={format}
        onChange={(chosen) => onChange({ format: chosen })}
      />
      {format === 'numeric' && values !== undefined && (
        <ChoiceField
          id={`uplift-value-${refId}`}
          label="Value"
          tooltip="The one number an alert rule compares"
          options={values}
          value={value}
          placeholder="Choose one"
          onChange={(chosen) => onChange({ value: chosen })}
        />
      )}
    </InlineFieldRow>
  );
}
