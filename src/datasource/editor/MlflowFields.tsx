/** Edits a query to MLflow's store: chosen from lists, or read-only SQL. */
import { InlineFieldRow, type ComboboxOption } from '@grafana/ui';
import { MLFLOW_STATUSES, type MlflowList, type MlflowQuery } from '../../contract/query';
import { ChoiceField } from './ChoiceField';
import { experimentOptions, keyOptions, variantOptions } from './choices';
import { CodeField } from './CodeField';
import type { FieldProps } from './fieldProps';
import { FORMATS } from './formats';
import { ListField } from './ListField';
import { NameField } from './NameField';
import { SwitchField } from './SwitchField';
import { numberOf, TextField } from './TextField';

const MODES: Array<ComboboxOption<MlflowQuery['mode']>> = [
  { value: 'builder', label: 'Builder' },
  { value: 'sql', label: 'SQL', description: 'Read-only, on MLflow’s own tables' },
];
const LISTS: Array<ComboboxOption<MlflowList>> = [
  { value: 'runs', label: 'Runs', description: 'A row a run, with the metrics you name' },
  { value: 'metrics', label: 'Metrics', description: 'The newest value of each metric of each run' },
  { value: 'history', label: 'Metric history', description: 'Every value a metric had' },
  { value: 'params', label: 'Params', description: 'Each param of each run' },
  { value: 'versions', label: 'Model versions', description: 'What runs were registered as' },
];
const STATUSES = MLFLOW_STATUSES.map((status) => ({ value: status, label: status.toLowerCase() }));

const isStatus = (text: string): text is (typeof MLFLOW_STATUSES)[number] =>
  MLFLOW_STATUSES.some((status) => status === text);

export function MlflowFields({ datasource, query, onChange }: FieldProps<'mlflow'>) {
  const { refId, mode = 'sql' } = query;
  const set = (changed: Partial<typeof query>) => onChange({ ...query, ...changed });
  return (
    <>
      <InlineFieldRow>
        <ChoiceField
          id={`uplift-mode-${refId}`}
          label="Written by"
          options={MODES}
          value={mode}
          onChange={(chosen) => set({ mode: chosen })}
        />
        <ChoiceField
          id={`uplift-format-${refId}`}
          label="Format"
          options={FORMATS}
          value={query.format ?? 'table'}
          onChange={(format) => set({ format })}
        />
      </InlineFieldRow>
      {mode === 'sql' ? (
        <CodeField
          label="SQL"
          description="Read-only, on MLflow’s store, whose times are epoch milliseconds. $__timeFilter(column), $__timeGroup(column, $__interval), $__timeFrom and $__timeTo are put in."
          language="sql"
          value={query.rawSql ?? ''}
          onChange={(rawSql) => set({ rawSql })}
        />
      ) : (
        <Builder datasource={datasource} query={query} set={set} />
      )}
    </>
  );
}

interface BuilderProps extends Pick<FieldProps<'mlflow'>, 'datasource' | 'query'> {
  set: (changed: Partial<FieldProps<'mlflow'>['query']>) => void;
}

function Builder({ datasource, query, set }: BuilderProps) {
  const { refId, list = 'runs', experiment } = query;
  return (
    <>
      <InlineFieldRow>
        <ChoiceField
          id={`uplift-list-${refId}`}
          label="List"
          options={LISTS}
          value={list}
          onChange={(chosen) => set({ list: chosen })}
        />
        <NameField
          id={`uplift-experiment-${refId}`}
          label="Experiment"
          tooltip="MLflow’s name of it"
          options={experimentOptions(datasource)}
          value={experiment}
          placeholder="All"
          onChange={(chosen) => set({ experiment: chosen })}
        />
        {list !== 'versions' && (
          <ListField
            id={`uplift-keys-${refId}`}
            label={list === 'params' ? 'Params' : 'Metrics'}
            options={keyOptions(datasource, list === 'params' ? '#param' : '#metric')}
            value={query.keys}
            placeholder={list === 'runs' ? 'None' : 'All'}
            onChange={(keys) => set({ keys })}
          />
        )}
      </InlineFieldRow>
      <InlineFieldRow>
        <ListField
          id={`uplift-variants-${refId}`}
          label="Variants"
          options={variantOptions(datasource, experiment, true)}
          value={query.variants}
          placeholder="All"
          onChange={(variants) => set({ variants })}
        />
        <ListField
          id={`uplift-statuses-${refId}`}
          label="Status"
          options={STATUSES}
          value={query.statuses}
          placeholder="Any"
          onChange={(statuses) => set({ statuses: statuses?.filter(isStatus) })}
        />
        <SwitchField
          id={`uplift-in-range-${refId}`}
          label="In range only"
          tooltip="Only what began within the dashboard’s range; otherwise the newest, however old"
          value={query.inRange ?? false}
          onChange={(inRange) => set({ inRange })}
        />
        <TextField
          id={`uplift-limit-${refId}`}
          label="Limit"
          type="number"
          value={query.limit}
          placeholder="100"
          unit="rows"
          onChange={(text) => set({ limit: numberOf(text) })}
        />
      </InlineFieldRow>
    </>
  );
}
