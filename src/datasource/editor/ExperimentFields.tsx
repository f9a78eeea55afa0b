/** Edits a query for an experiment's comparison. */
import { Combobox, InlineField, InlineFieldRow, Input, type ComboboxOption } from '@grafana/ui';
import { EXPERIMENT_VALUES } from '../../contract/query';
import { ChoiceField } from './ChoiceField';
import { ExperimentField } from './ExperimentField';
import { FIELD_WIDTH, LABEL_WIDTH, type FieldProps } from './fieldProps';
import { FORMATS, toOption } from './formats';

const WINDOWS: Array<ComboboxOption<'experiment' | 'range'>> = [
  { value: 'experiment', label: 'The whole test', description: 'From its start, whatever the dashboard shows' },
  { value: 'range', label: 'Dashboard range', description: 'Descriptive only: no verdict' },
];

const METHODS: Array<ComboboxOption<'sequential' | 'fixed'>> = [
  { value: 'sequential', label: 'Sequential', description: 'Valid however often one looks' },
  { value: 'fixed', label: 'Fixed', description: 'Valid for one look, planned beforehand' },
];

const VALUES = EXPERIMENT_VALUES.map(toOption);

export function ExperimentFields({ datasource, query, onChange }: FieldProps<'experiment'>) {
  const { refId, experiment = '', format = 'table' } = query;
  const listMetrics = async (search: string): Promise<ComboboxOption[]> =>
    experiment === ''
      ? []
      : (await datasource.listMetrics(experiment))
          .filter(({ id, label }) => `${id} ${label}`.toLowerCase().includes(search.toLowerCase()))
          .map(({ id, label }) => ({ value: id, label }));
  return (
    <>
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
          options={FORMATS}
          value={format}
          onChange={(chosen) => onChange({ ...query, format: chosen })}
        />
      </InlineFieldRow>
      <InlineFieldRow>
        {format === 'numeric' && (
          <ChoiceField
            id={`uplift-value-${refId}`}
            label="Value"
            tooltip="The one number an alert rule compares"
            options={VALUES}
            value={query.value}
            placeholder="Choose one"
            onChange={(value) => onChange({ ...query, value })}
          />
        )}
        {format !== 'table' && (
          <InlineField label="Metric" labelWidth={LABEL_WIDTH} htmlFor={`uplift-metric-${refId}`}>
            <Combobox
              id={`uplift-metric-${refId}`}
              options={listMetrics}
              value={query.metric ?? null}
              placeholder={format === 'numeric' ? 'Every metric' : 'The goal metric'}
              createCustomValue
              isClearable
              width={FIELD_WIDTH}
              onChange={(option) => onChange({ ...query, metric: option?.value })}
            />
          </InlineField>
        )}
        <ChoiceField
          id={`uplift-window-${refId}`}
          label="Window"
          options={WINDOWS}
          value={query.window ?? 'experiment'}
          onChange={(window) => onChange({ ...query, window })}
        />
        <ChoiceField
          id={`uplift-method-${refId}`}
          label="Method"
          options={METHODS}
          value={query.method ?? 'sequential'}
          onChange={(method) => onChange({ ...query, method })}
        />
        <InlineField
          label="Break down by"
          labelWidth={LABEL_WIDTH}
          tooltip="A label or tag, e.g. region: each of its values is compared on its own"
          htmlFor={`uplift-breakdown-${refId}`}
        >
          <Input
            id={`uplift-breakdown-${refId}`}
            defaultValue={query.breakdown ?? ''}
            placeholder="Nothing"
            width={FIELD_WIDTH}
            onBlur={({ currentTarget }) => {
              const breakdown = currentTarget.value.trim();
              onChange({ ...query, breakdown: breakdown === '' ? undefined : breakdown });
            }}
          />
        </InlineField>
      </InlineFieldRow>
    </>
  );
}
