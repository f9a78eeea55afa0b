/** Edits a query for an experiment's comparison. */
import { InlineFieldRow, type ComboboxOption } from '@grafana/ui';
import { UNITS } from '../../contract/experiment';
import { EXPERIMENT_FRAMES, type ExperimentQuery } from '../../contract/query';
import { ChoiceField } from './ChoiceField';
import { DIMENSIONS, metricOptions, variantOptions } from './choices';
import { DefinitionFields } from './DefinitionFields';
import type { FieldProps } from './fieldProps';
import { FORMATS, toOption } from './formats';
import { GuardrailFields } from './GuardrailFields';
import { ListField } from './ListField';
import { NameField } from './NameField';
import { SubjectRow } from './SubjectRow';
import { EXPERIMENT_CHOICES } from './values';

const WINDOWS: Array<ComboboxOption<ExperimentQuery['window']>> = [
  { value: 'experiment', label: 'The whole test', description: 'From its start, whatever the dashboard shows' },
  { value: 'range', label: 'Dashboard range', description: 'Descriptive only: no verdict' },
];
const METHODS: Array<ComboboxOption<ExperimentQuery['method']>> = [
  { value: 'sequential', label: 'Sequential', description: 'Valid however often one looks' },
  { value: 'fixed', label: 'Fixed', description: 'Valid for one look, planned beforehand' },
];
const CORRECTIONS: Array<ComboboxOption<ExperimentQuery['correction']>> = [
  { value: 'holm', label: 'Holm', description: 'No false finding among all metrics and variants' },
  { value: 'bh', label: 'Benjamini–Hochberg', description: 'Few false ones among the findings' },
  { value: 'none', label: 'None', description: 'Each comparison on its own' },
];
const UNIT_OPTIONS = UNITS.map((unit) => ({ value: unit, label: unit.replace('-', ' ') }));
const FRAMES = EXPERIMENT_FRAMES.map(toOption);

const isFrame = (name: string): name is (typeof EXPERIMENT_FRAMES)[number] =>
  EXPERIMENT_FRAMES.some((frame) => frame === name);

export function ExperimentFields({ datasource, query, onChange }: FieldProps<'experiment'>) {
  const { refId, experiment, format = 'table' } = query;
  const set = (changed: Partial<typeof query>) => onChange({ ...query, ...changed });
  return (
    <>
      <SubjectRow
        datasource={datasource}
        query={query}
        formats={FORMATS}
        defaultFormat="table"
        placeholder="Choose one"
        values={EXPERIMENT_CHOICES}
        onChange={set}
      />
      {format === 'table' ? (
        <GuardrailFields
          datasource={datasource}
          refId={refId}
          experiment={experiment}
          metrics={query.metrics}
          onChange={(metrics) => set({ metrics })}
        />
      ) : (
        <InlineFieldRow>
          <NameField
            id={`uplift-metric-${refId}`}
            label="Metric"
            options={metricOptions(datasource, experiment)}
            value={query.metric}
            placeholder={format === 'numeric' ? 'Every metric' : 'The goal metric'}
            onChange={(metric) => set({ metric })}
          />
        </InlineFieldRow>
      )}
      <InlineFieldRow>
        <ListField
          id={`uplift-variants-${refId}`}
          label="Variants"
          tooltip="Treatments compared with the control"
          options={variantOptions(datasource, experiment)}
          value={query.variants}
          placeholder="All"
          onChange={(variants) => set({ variants })}
        />
        {format === 'table' && (
          <NameField
            id={`uplift-breakdown-${refId}`}
            label="Breakdown"
            tooltip="A label or tag, e.g. region: each of its values is compared on its own"
            options={() => Promise.resolve(DIMENSIONS)}
            value={query.breakdown}
            placeholder="Nothing"
            onChange={(breakdown) => set({ breakdown })}
          />
        )}
        <ChoiceField
          id={`uplift-method-${refId}`}
          label="Method"
          options={METHODS}
          value={query.method ?? 'sequential'}
          onChange={(method) => set({ method })}
        />
      </InlineFieldRow>
      <InlineFieldRow>
        <ChoiceField
          id={`uplift-window-${refId}`}
          label="Window"
          options={WINDOWS}
          value={query.window ?? 'experiment'}
          onChange={(window) => set({ window })}
        />
        <ChoiceField
          id={`uplift-correction-${refId}`}
          label="Correction"
          tooltip="For looking at several metrics and variants at once"
          options={CORRECTIONS}
          value={query.correction ?? 'holm'}
          onChange={(correction) => set({ correction })}
        />
        <ChoiceField
          id={`uplift-unit-${refId}`}
          label="Unit"
          tooltip="What counts as one independent observation"
          options={UNIT_OPTIONS}
          value={query.unit}
          placeholder="Time buckets, from 30 on"
          onChange={(unit) => set({ unit })}
        />
        {format === 'table' && (
          <ListField
            id={`uplift-frames-${refId}`}
            label="Tables"
            options={FRAMES}
            value={query.frames}
            placeholder="All three"
            onChange={(names) => set({ frames: names?.filter(isFrame) })}
          />
        )}
      </InlineFieldRow>
      <DefinitionFields
        datasource={datasource}
        refId={refId}
        experiment={experiment}
        definition={query.definition}
        onChange={(definition) => set({ definition })}
      />
    </>
  );
}
