/** One experiment, as a form or as text. What the form has no field for (phases, quantities of time zones) is kept as it is. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2, type ComboboxOption } from '@grafana/ui';
import { dump } from 'js-yaml';
import { useState } from 'react';
import { DEFAULT_PLANNED_TOTAL, type Assignment, type Unit } from '../../../contract/experiment';
import { numberOrUnset, textOrUnset } from '../access';
import { ChoiceField } from '../ChoiceField';
import type { Faults } from '../faults';
import { MoreFields } from '../MoreFields';
import { TextField } from '../TextField';
import type { EditedDefinition } from './definition';
import { DefinitionText } from './DefinitionText';
import { MetricRows } from './MetricRows';
import { VariantRows } from './VariantRows';

interface Props {
  definition: EditedDefinition;
  /** The mapping's own metrics. */
  ownMetrics: readonly ComboboxOption[];
  /** By path within the definition. */
  faults: Faults;
  onChange: (definition: EditedDefinition) => void;
}

const ASSIGNMENTS: Array<ComboboxOption<Assignment>> = [
  { value: 'request', label: 'Each request by itself' },
  { value: 'user', label: 'Each user, once' },
  { value: 'unknown', label: 'Not known', description: 'A skewed split then only warns' },
];

const UNITS: Array<ComboboxOption<Unit>> = [
  { value: 'requests', label: 'Requests' },
  { value: 'time-buckets', label: 'Time buckets', description: 'Where neighbouring requests resemble each other' },
  { value: 'users', label: 'Users' },
  { value: 'runs', label: 'MLflow runs' },
];

export function ExperimentForm({ definition, ownMetrics, faults, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const [view, setView] = useState<'form' | 'text'>('form');
  return (
    <div className={styles.form}>
      <RadioButtonGroup
        aria-label="Edit as"
        size="sm"
        options={[
          { value: 'form', label: 'Form' },
          { value: 'text', label: 'YAML' },
        ]}
        value={view}
        onChange={setView}
      />
      {view === 'form' ? (
        <Fields definition={definition} ownMetrics={ownMetrics} faults={faults} onChange={onChange} />
      ) : (
        <DefinitionText
          id="experiment-text"
          label="Definition"
          initial={dump(definition, { skipInvalid: true })}
          onTakeOver={([changed]) => {
            if (changed !== undefined) {
              onChange(changed);
            }
            setView('form');
          }}
          onCancel={() => setView('form')}
        />
      )}
    </div>
  );
}

function Fields({ definition, ownMetrics, faults, onChange }: Props) {
  const set = (changed: Partial<EditedDefinition>) => onChange({ ...definition, ...changed });
  const { variants = [], phases = [] } = definition;
  const names = [...new Set(variants.map(({ name }) => name))].filter((name) => name !== '');
  return (
    <>
      <TextField
        id="experiment-id"
        label="Id"
        description="The MLflow experiment’s and the label’s name, unless a store calls it otherwise"
        value={definition.id}
        fault={faults.get('id')}
        onChange={(id) => set({ id })}
      />
      <TextField
        id="experiment-name"
        label="Name"
        value={definition.name}
        placeholder="As the id"
        fault={faults.get('name')}
        onChange={(name) => set({ name: textOrUnset(name) })}
      />
      <TextField
        id="experiment-owner"
        label="Owner"
        value={definition.owner}
        fault={faults.get('owner')}
        onChange={(owner) => set({ owner: textOrUnset(owner) })}
      />
      <VariantRows
        variants={variants}
        split={phases.length > 0 ? null : (definition.split ?? {})}
        faults={faults}
        onChange={(changed, split) => set(split === null ? { variants: changed } : { variants: changed, split })}
      />
      {phases.length > 0 && <p>The split changes over {phases.length} phases; edit them as YAML.</p>}
      <ChoiceField
        id="experiment-control"
        label="Control"
        description="The variant the others are compared with"
        options={names.map((value) => ({ value, label: value }))}
        value={definition.control}
        placeholder="The only baseline, control or champion"
        fault={faults.get('control')}
        onChange={(control) =>
          set({
            control,
            variants: variants.map((variant) => ({
              ...variant,
              role: roleBeside(variant.role, variant.name === control),
            })),
          })
        }
      />
      <TextField
        id="experiment-start"
        label="Start"
        description="With an offset; without a start there is no verdict"
        value={definition.start}
        placeholder="2026-09-01T09:00:00+02:00"
        fault={faults.get('start')}
        onChange={(start) => set({ start: textOrUnset(start) })}
      />
      <TextField
        id="experiment-end"
        label="End"
        value={definition.end}
        placeholder="Runs until now"
        fault={faults.get('end')}
        onChange={(end) => set({ end: textOrUnset(end) })}
      />
      <MetricRows
        metrics={definition.metrics ?? []}
        ownMetrics={ownMetrics}
        faults={faults}
        onChange={(metrics) => set({ metrics })}
      />
      <MoreFields label="Assignment, unit and plan" isOpen={false}>
        <ChoiceField
          id="experiment-assignment"
          label="Assigned"
          options={ASSIGNMENTS}
          value={definition.assignment ?? 'unknown'}
          onChange={(assignment) => set({ assignment })}
        />
        <ChoiceField
          id="experiment-unit"
          label="Taken as independent"
          options={UNITS}
          value={definition.unit}
          placeholder="Time buckets, where there are at least 30"
          onChange={(unit) => set({ unit })}
        />
        <TextField
          id="experiment-warm-up"
          label="Warm-up"
          description="Cut off after the start"
          type="number"
          unit="s"
          value={definition.warmUp}
          placeholder="0"
          fault={faults.get('warmUp')}
          onChange={(seconds) => set({ warmUp: numberOrUnset(seconds) })}
        />
        <TextField
          id="experiment-planned"
          label="Planned requests, all variants"
          description="Tunes the sequential intervals; fixed before the start"
          type="number"
          value={definition.plannedTotal}
          placeholder={String(DEFAULT_PLANNED_TOTAL)}
          fault={faults.get('plannedTotal')}
          onChange={(total) => set({ plannedTotal: numberOrUnset(total) })}
        />
        <TextField
          id="experiment-alpha"
          label="False-alarm rate"
          description="Two-sided; 0.05 is 5 %"
          type="number"
          value={definition.alpha}
          placeholder="0.05"
          fault={faults.get('alpha')}
          onChange={(alpha) => set({ alpha: numberOrUnset(alpha) })}
        />
        <TextField
          id="experiment-time-zone"
          label="Time zone"
          value={definition.timeZone}
          placeholder="UTC"
          fault={faults.get('timeZone')}
          onChange={(timeZone) => set({ timeZone: textOrUnset(timeZone) })}
        />
        <TextField
          id="experiment-currency"
          label="Currency"
          value={definition.currency}
          placeholder="The data source’s"
          fault={faults.get('currency')}
          onChange={(currency) => set({ currency: textOrUnset(currency.toUpperCase()) })}
        />
      </MoreFields>
    </>
  );
}

/** There is one control: the chosen variant becomes it, and one that was it becomes a treatment. */
function roleBeside(role: NonNullable<EditedDefinition['variants']>[number]['role'], isControl: boolean) {
  return isControl ? 'control' : role === 'control' ? 'treatment' : role;
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ padding: theme.spacing(2, 0, 1), '> :first-child': { marginBottom: theme.spacing(2) } }),
});
