/** Edits a query: first what is asked, then the fields of that question, then what it means. Half-filled ones are not sent. */
import type { QueryEditorProps } from '@grafana/data';
import { Alert, Combobox, InlineField, InlineFieldRow, Stack } from '@grafana/ui';
import { useEffect } from 'react';
import type { UpliftDataSource } from './datasource';
import { AnnotationsFields } from './editor/AnnotationsFields';
import { ExperimentFields } from './editor/ExperimentFields';
import { FIELD_WIDTH, LABEL_WIDTH } from './editor/widths';
import { ImpactFields } from './editor/ImpactFields';
import { InfluxFields } from './editor/InfluxFields';
import { MlflowFields } from './editor/MlflowFields';
import { MonitorFields } from './editor/MonitorFields';
import { OverviewFields } from './editor/OverviewFields';
import { Preview } from './editor/Preview';
import { PrometheusFields } from './editor/PrometheusFields';
import { QUERY_TYPES, withQueryType } from './editor/queryTypes';
import { asNumeric, isAlerting, isComplete, readQuery, type EditedQuery } from './query';
import type { UpliftJsonData } from './settings';

type Props = QueryEditorProps<UpliftDataSource, EditedQuery, UpliftJsonData>;
interface FieldsProps {
  datasource: UpliftDataSource;
  query: EditedQuery;
  onChange: (query: EditedQuery) => void;
}

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
      return <AnnotationsFields datasource={datasource} query={query} onChange={onChange} />;
    case 'status':
      return null;
    case 'prometheus':
      return <PrometheusFields datasource={datasource} query={query} onChange={onChange} />;
    case 'influx':
      return <InfluxFields datasource={datasource} query={query} onChange={onChange} />;
    case 'mlflow':
      return <MlflowFields datasource={datasource} query={query} onChange={onChange} />;
  }
}

const ALERTING_TYPES = QUERY_TYPES.filter(({ value }) => value !== 'annotations');

export function QueryEditor({ datasource, query, onChange, onRunQuery, app }: Props) {
  const current = readQuery(query, app);
  const isRule = isAlerting(app);
  // A rule evaluates numbers: anything else would be refused.
  const change = (edited: EditedQuery) => {
    const changed = isRule ? asNumeric(edited) : edited;
    onChange(changed);
    if (isComplete(changed)) {
      onRunQuery();
    }
  };
  // A panel's query brings its table along.
  useEffect(() => {
    if (isRule && current !== null && current.format !== 'numeric' && current.queryType !== 'annotations') {
      onChange(asNumeric(current));
    }
  }, [isRule, current, onChange]);
  const typeId = `uplift-query-type-${query.refId}`;
  const choose = (value: EditedQuery['queryType']) =>
    change(withQueryType(current ?? { refId: query.refId, queryType: 'status' }, value));
  return (
    <Stack direction="column" gap={0.5}>
      {current === null && (
        <Alert severity="warning" title={`This version does not know the query type “${query.queryType}”`}>
          A newer version of the plugin may have written it. It stays as it is until you choose a question here.
        </Alert>
      )}
      <InlineFieldRow>
        <InlineField label="Question" labelWidth={LABEL_WIDTH} htmlFor={typeId}>
          <Combobox
            id={typeId}
            options={isRule ? ALERTING_TYPES : QUERY_TYPES}
            value={current?.queryType ?? null}
            placeholder="Choose one"
            width={FIELD_WIDTH}
            onChange={({ value }) => choose(value)}
          />
        </InlineField>
      </InlineFieldRow>
      {current !== null && (
        <>
          <Fields datasource={datasource} query={current} onChange={change} />
          <Preview datasource={datasource} query={current} />
        </>
      )}
    </Stack>
  );
}
