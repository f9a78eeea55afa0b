/** Edits a query for a deployed model over time. */
import { InlineFieldRow, type ComboboxOption } from '@grafana/ui';
import { MONITOR_METRICS, type MonitorQuery } from '../../contract/query';
import { ChoiceField } from './ChoiceField';
import { DIMENSIONS } from './choices';
import { DriftFields } from './DriftFields';
import type { FieldProps } from './fieldProps';
import { FilterFields } from './FilterFields';
import { FORMATS, FORMATS_WITHOUT_TIME, toOption } from './formats';
import { ListField } from './ListField';
import { SubjectRow } from './SubjectRow';
import { SwitchField } from './SwitchField';

const METRICS = MONITOR_METRICS.map(toOption);
const VIEWS: Array<ComboboxOption<MonitorQuery['view']>> = [
  { value: 'series', label: 'A metric', description: 'Over time, as table or as numbers' },
  { value: 'facts', label: 'What is deployed', description: 'Versions with first and last seen' },
  { value: 'alerts', label: 'Alerts', description: 'Each with its state and since when' },
];

export function MonitorFields({ datasource, query, onChange }: FieldProps<'monitor'>) {
  const { refId, experiment, view = 'series', metric = 'requests', format } = query;
  const set = (changed: Partial<typeof query>) => onChange({ ...query, ...changed });
  const isSeries = view === 'series';
  return (
    <>
      <SubjectRow
        datasource={datasource}
        query={query}
        formats={isSeries ? FORMATS : FORMATS_WITHOUT_TIME}
        defaultFormat={isSeries ? 'timeseries' : 'table'}
        placeholder="Any"
        onChange={set}
      />
      <InlineFieldRow>
        <ChoiceField
          id={`uplift-view-${refId}`}
          label="View"
          options={VIEWS}
          value={view}
          onChange={(chosen) => set({ view: chosen, ...(chosen !== 'series' && { format: 'table' }) })}
        />
        {isSeries && (
          <>
            <ChoiceField
              id={`uplift-metric-${refId}`}
              label="Metric"
              options={METRICS}
              value={metric}
              onChange={(chosen) => set({ metric: chosen })}
            />
            <ListField
              id={`uplift-by-${refId}`}
              label="Series by"
              tooltip="Add feature to see drift by feature"
              options={DIMENSIONS}
              value={query.by ?? ['variant']}
              placeholder="One series"
              onChange={(by = []) => set({ by })}
            />
          </>
        )}
      </InlineFieldRow>
      {isSeries && metric === 'drift' && <DriftFields query={query} onChange={set} />}
      <FilterFields
        datasource={datasource}
        refId={refId}
        experiment={experiment}
        filters={query.filters}
        onChange={(filters) => set({ filters })}
      />
      {isSeries && (
        <InlineFieldRow>
          {(format ?? 'timeseries') === 'timeseries' ? (
            <SwitchField
              id={`uplift-previous-${refId}`}
              label="Previous"
              tooltip="Draws the equal period before behind each series"
              value={query.withPrevious ?? false}
              onChange={(withPrevious) => set({ withPrevious })}
            />
          ) : (
            <SwitchField
              id={`uplift-change-${refId}`}
              label="Change"
              tooltip="Against the equal period before; of a number, the change itself"
              value={query.change ?? false}
              onChange={(change) => set({ change })}
            />
          )}
        </InlineFieldRow>
      )}
    </>
  );
}
