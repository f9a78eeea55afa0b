/** Edits a query for the live numbers and the list of experiments. */
import { InlineFieldRow } from '@grafana/ui';
import { OVERVIEW_VALUES } from '../../contract/query';
import { ChoiceField } from './ChoiceField';
import { ExperimentField } from './ExperimentField';
import type { FieldProps } from './fieldProps';
import { FORMATS, toOption } from './formats';

const ONE_NUMBER_OR_ALL = FORMATS.filter(({ value }) => value !== 'timeseries');
const VALUES = OVERVIEW_VALUES.map(toOption);

export function OverviewFields({ datasource, query, onChange }: FieldProps<'overview'>) {
  const { refId, experiment, format = 'table' } = query;
  return (
    <InlineFieldRow>
      <ExperimentField
        datasource={datasource}
        refId={refId}
        value={experiment}
        placeholder="All"
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
