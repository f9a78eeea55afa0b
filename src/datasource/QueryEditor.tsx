/** Edits a query: first what is asked, then the fields of that question. Half-filled queries are not sent. */
import type { QueryEditorProps } from '@grafana/data';
import { Combobox, InlineField, InlineFieldRow, Stack } from '@grafana/ui';
import type { UpliftDataSource } from './datasource';
import { CodeField } from './editor/CodeField';
import { ExperimentFields } from './editor/ExperimentFields';
import { FIELD_WIDTH, LABEL_WIDTH } from './editor/fieldProps';
import { ImpactFields } from './editor/ImpactFields';
import { MonitorFields } from './editor/MonitorFields';
import { OverviewFields } from './editor/OverviewFields';
import { QUERY_TYPES, withQueryType } from './editor/queryTypes';
import { defaultQuery, isComplete, type EditedQuery } from './query';
import type { UpliftJsonData } from './settings';

type Props = QueryEditorProps<UpliftDataSource, EditedQuery, UpliftJsonData>;
interface FieldsProps {
  datasource: UpliftDataSource;
  query: EditedQuery;
  onChange: (query: EditedQuery) => void;
}

const DIALECTS = { influxql: 'InfluxQL', flux: 'Flux', sql: 'SQL' } as const;

function Fields({ datasource, query, onChange }: FieldsProps) {
  switch (query.queryType) {
    case 'experiment':
      return <ExperimentFields datasource={datasource} query={query} onChange={onChange} />;
    case 'impact':
      return <ImpactFields datasource={datasource} query={query} onChange={onChange} />;
    case 'overview':
      return <OverviewFields datasource={datasource} query={query} onChange={onChange} />;
    case 'monitor':
      return <MonitorFields datasource={datasource} query={query} onChange={onChange} />;
    case 'annotations':
    case 'status':
      return null;
    case 'prometheus':
      return (
        <CodeField
          label="PromQL"
          description="Sent to Prometheus as it is; variables are quoted for it."
          language="promql"
          value={query.expr ?? ''}
          onChange={(expr) => onChange({ ...query, expr })}
        />
      );
    case 'influx':
      return (
        <CodeField
          label={DIALECTS[datasource.dialect]}
          description="Sent to InfluxDB; variables are quoted for it."
          language={datasource.dialect === 'sql' ? 'sql' : 'text'}
          value={query.query ?? ''}
          onChange={(text) => onChange({ ...query, query: text })}
        />
      );
    case 'mlflow':
      return (
        <CodeField
          label="SQL"
          description="Read-only, on MLflow’s store. $__timeFilter(column) keeps the dashboard’s range."
          language="sql"
          value={query.rawSql ?? ''}
          onChange={(rawSql) => onChange({ ...query, rawSql })}
        />
      );
  }
}

/** A query from another data source, or from before there was a type, becomes a new one. */
const isOurs = ({ queryType }: { queryType?: string }): boolean => QUERY_TYPES.some(({ value }) => value === queryType);

export function QueryEditor({ datasource, query, onChange, onRunQuery, app }: Props) {
  const current: EditedQuery = isOurs(query) ? query : { ...defaultQuery(app), refId: query.refId };
  const change = (changed: EditedQuery) => {
    onChange(changed);
    if (isComplete(changed)) {
      onRunQuery();
    }
  };
  const typeId = `uplift-query-type-${current.refId}`;
  return (
    <Stack direction="column" gap={0.5}>
      <InlineFieldRow>
        <InlineField label="Question" labelWidth={LABEL_WIDTH} htmlFor={typeId}>
          <Combobox
            id={typeId}
            options={QUERY_TYPES}
            value={current.queryType}
            width={FIELD_WIDTH}
            onChange={({ value }) => change(withQueryType(current, value))}
          />
        </InlineField>
      </InlineFieldRow>
      <Fields datasource={datasource} query={current} onChange={change} />
    </Stack>
  );
}
