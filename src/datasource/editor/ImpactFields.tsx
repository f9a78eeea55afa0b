/** Edits a query for what a difference is worth. */
import { InlineFieldRow } from '@grafana/ui';
import { IMPACT_VALUES } from '../../contract/query';
import { ChoiceField } from './ChoiceField';
import { ExperimentField } from './ExperimentField';
import type { FieldProps } from './fieldProps';
import { FORMATS, toOption } from './formats';

const ONE_NUMBER_OR_ALL = FORMATS.filter(({ value }) => value !== 'timeseries');
const VALUES = IMPACT_VALUES.map(toOption);

export function ImpactFields({ datasource, query, onChange }: FieldProps<'impact'>) {
  const { refId, experiment, format = 'table' } = query;
  return (
    <InlineFieldRow>
      <ExperimentField
        datasource={datasource}
        refId={refId}
        value={experiment}
        placeholder="Choose one"
        onChange={(chosen) => onChange({ ...query, experiment: chosen })}
      />
      <ChoiceField
        id={`uplift-format-${refId}`}
        label="Format"
        options={ONE_NUMBER_OR_ALL}
        value={format}
        onChange={(chosen) => onChange({ ...query, format: chosen })}
      />
      {format === 'numeric' && (
        <ChoiceField
          id={`uplift-value-${refId}`}
          label="Value"
          options={VALUES}
          value={query.value}
          placeholder="Choose one"
          onChange={(value) => onChange({ ...query, value })}
        />
      )}
    </InlineFieldRow>
  );
}
