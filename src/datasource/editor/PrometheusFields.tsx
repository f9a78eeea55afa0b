/** Edits a query of one's own to Prometheus. */
import { InlineFieldRow, type ComboboxOption } from '@grafana/ui';
import { ChoiceField } from './ChoiceField';
import { CodeField } from './CodeField';
import type { FieldProps } from './fieldProps';
import { FORMATS } from './formats';
import { numberOf, TextField } from './TextField';

const KINDS: Array<ComboboxOption<'range' | 'instant'>> = [
  { value: 'range', label: 'Range', description: 'Every step of the dashboard’s range' },
  { value: 'instant', label: 'Instant', description: 'One value a series, at the end of the range' },
];

export function PrometheusFields({ query, onChange }: FieldProps<'prometheus'>) {
  const { refId, instant = false } = query;
  const set = (changed: Partial<typeof query>) => onChange({ ...query, ...changed });
  return (
    <>
      <CodeField
        label="PromQL"
        description="Sent to Prometheus as it is; variables are quoted for it. $__interval, $__rate_interval and $__range are put in."
        language="promql"
        value={query.expr ?? ''}
        onChange={(expr) => set({ expr })}
      />
      <InlineFieldRow>
        <ChoiceField
          id={`uplift-kind-${refId}`}
          label="Type"
          options={KINDS}
          value={instant ? 'instant' : 'range'}
          onChange={(kind) => set({ instant: kind === 'instant' })}
        />
        <ChoiceField
          id={`uplift-format-${refId}`}
          label="Format"
          options={FORMATS}
          value={query.format ?? 'timeseries'}
          onChange={(format) => set({ format })}
        />
        <TextField
          id={`uplift-legend-${refId}`}
          label="Legend"
          tooltip="{{label}} becomes the label’s value"
          value={query.legend}
          placeholder="Name and labels"
          onChange={(legend = '') => set({ legend })}
        />
      </InlineFieldRow>
      {!instant && (
        <InlineFieldRow>
          <TextField
            id={`uplift-min-step-${refId}`}
            label="Min step"
            tooltip="Points are never closer than this"
            type="number"
            value={query.minStep}
            placeholder="By the panel’s width"
            unit="s"
            onChange={(text) => set({ minStep: numberOf(text) })}
          />
          <TextField
            id={`uplift-step-${refId}`}
            label="Step"
            tooltip="Between points, whatever the panel’s width"
            type="number"
            value={query.step}
            placeholder="By the panel’s width"
            unit="s"
            onChange={(text) => set({ step: numberOf(text) })}
          />
        </InlineFieldRow>
      )}
    </>
  );
}
