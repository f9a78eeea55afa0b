/** Edits a query of one's own to InfluxDB, in the dialect of the data source. */
import { InlineFieldRow } from '@grafana/ui';
import type { InfluxDialect } from '../../contract/settings';
import { ChoiceField } from './ChoiceField';
import { CodeField } from './CodeField';
import type { FieldProps } from './fieldProps';
import { FORMATS } from './formats';

const DIALECTS: Record<InfluxDialect, { label: string; macros: string }> = {
  influxql: { label: 'InfluxQL', macros: '$timeFilter and $__interval are put in.' },
  flux: { label: 'Flux', macros: 'v.timeRangeStart, v.timeRangeStop, v.windowPeriod and v.bucket are known.' },
  sql: { label: 'SQL', macros: '$__timeFilter(column), $__timeGroup(column, $__interval) and $__interval are put in.' },
};

export function InfluxFields({ datasource, query, onChange }: FieldProps<'influx'>) {
  const { label, macros } = DIALECTS[datasource.dialect];
  return (
    <>
      <CodeField
        label={label}
        description={`Sent to InfluxDB if it only reads; variables are quoted for it. ${macros}`}
        language={datasource.dialect === 'sql' ? 'sql' : 'text'}
        value={query.query ?? ''}
        onChange={(text) => onChange({ ...query, query: text })}
      />
      <InlineFieldRow>
        <ChoiceField
          id={`uplift-format-${query.refId}`}
          label="Format"
          options={FORMATS}
          value={query.format ?? 'timeseries'}
          onChange={(format) => onChange({ ...query, format })}
        />
      </InlineFieldRow>
    </>
  );
}
