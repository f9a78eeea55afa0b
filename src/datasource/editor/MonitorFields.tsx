/** Edits a query for a deployed model over time. */
import { InlineField, InlineFieldRow, MultiCombobox, type ComboboxOption } from '@grafana/ui';
import { MONITOR_METRICS } from '../../contract/query';
import { ChoiceField } from './ChoiceField';
import { ExperimentField } from './ExperimentField';
import { FIELD_WIDTH, LABEL_WIDTH, type FieldProps } from './fieldProps';
import { FORMATS, toOption } from './formats';

const METRICS = MONITOR_METRICS.map(toOption);

/** The dimensions of the monitoring page; others may be typed. */
const DIMENSIONS: ComboboxOption[] = [
  { value: 'variant' },
  { value: 'environment' },
  { value: 'deployment_type', label: 'deployment type' },
  { value: 'deployment_mode', label: 'deployment mode' },
  { value: 'problem_type', label: 'problem type' },
];

export function MonitorFields({ datasource, query, onChange }: FieldProps<'monitor'>) {
  const { refId, experiment, format = 'timeseries' } = query;
  return (
    <>
      <InlineFieldRow>
        <ChoiceField
          id={`uplift-metric-${refId}`}
          label="Metric"
          options={METRICS}
          value={query.metric ?? 'requests'}
          onChange={(metric) => onChange({ ...query, metric })}
        />
        <InlineField label="Series by" labelWidth={LABEL_WIDTH} htmlFor={`uplift-by-${refId}`}>
          <MultiCombobox
            id={`uplift-by-${refId}`}
            options={DIMENSIONS}
            value={query.by ?? ['variant']}
            createCustomValue
            width={FIELD_WIDTH}
            onChange={(chosen) => onChange({ ...query, by: chosen.map(({ value }) => value) })}
          />
        </InlineField>
      </InlineFieldRow>
      <InlineFieldRow>
        <ExperimentField
          datasource={datasource}
          refId={refId}
          value={experiment}
          placeholder="Any"
          onChange={(chosen) => onChange({ ...query, experiment: chosen })}
        />
        <ChoiceField
          id={`uplift-format-${refId}`}
          label="Format"
          options={FORMATS}
          value={format}
          onChange={(chosen) => onChange({ ...query, format: chosen })}
        />
      </InlineFieldRow>
    </>
  );
}
