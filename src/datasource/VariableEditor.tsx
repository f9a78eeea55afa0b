/** Edits what a dashboard variable lists. */
import { InlineFieldRow, Stack, type ComboboxOption } from '@grafana/ui';
import { ChoiceField } from './editor/ChoiceField';
import { DIMENSIONS, experimentOptions } from './editor/choices';
import { CodeField } from './editor/CodeField';
import { NameField } from './editor/NameField';
import { TextField } from './editor/TextField';
import type { Lister } from './lister';
import { readVariableQuery, type VariableKind, type VariableQuery } from './variable-query';

interface Props {
  lister: Lister;
  query: VariableQuery;
  onChange: (query: VariableQuery) => void;
}

const KINDS: Array<ComboboxOption<VariableKind>> = [
  { value: 'experiments', label: 'Experiments' },
  { value: 'owners', label: 'Owners of experiments' },
  { value: 'variants', label: 'Variants of an experiment' },
  { value: 'metrics', label: 'Metrics of an experiment' },
  { value: 'dimensions', label: 'Dimensions', description: 'What numbers can be broken down by' },
  { value: 'values', label: 'Values of a dimension', description: 'For example every environment' },
  { value: 'runs', label: 'MLflow runs' },
  { value: 'versions', label: 'Model versions' },
  { value: 'sources', label: 'Sources', description: 'The stores that are configured' },
  { value: 'statement', label: 'A statement of your own', description: 'PromQL, InfluxQL, Flux or SQL' },
];
const ROLES: Array<ComboboxOption<NonNullable<VariableQuery['role']>>> = [
  { value: 'all', label: 'All' },
  { value: 'treatment', label: 'Without the control' },
  { value: 'control', label: 'The control' },
];
const SOURCES: Array<ComboboxOption<NonNullable<VariableQuery['source']>>> = [
  { value: 'prometheus', label: 'Prometheus' },
  { value: 'influx', label: 'InfluxDB' },
  { value: 'mlflow', label: 'MLflow' },
];
const STATUSES = ['active', 'scheduled', 'ended', 'no-start', 'misconfigured'].map((value) => ({ value }));
const OF_EXPERIMENT: ReadonlySet<VariableKind> = new Set(['variants', 'metrics', 'values', 'runs', 'versions']);
const NEEDS_EXPERIMENT: ReadonlySet<VariableKind> = new Set(['variants', 'metrics']);

export function VariableEditor({ lister, query: stored, onChange }: Props) {
  const query = readVariableQuery(stored);
  const { kind } = query;
  const set = (changed: Partial<VariableQuery>) => onChange({ ...query, ...changed });
  return (
    <Stack direction="column" gap={0.5}>
      <InlineFieldRow>
        <ChoiceField
          id="uplift-variable-kind"
          label="List"
          options={KINDS}
          value={kind}
          onChange={(chosen) => set({ kind: chosen })}
        />
        {OF_EXPERIMENT.has(kind) && (
          <NameField
            id="uplift-variable-experiment"
            label="Experiment"
            tooltip="An experiment, or a variable: $experiment"
            options={experimentOptions(lister)}
            value={query.experiment}
            placeholder={NEEDS_EXPERIMENT.has(kind) ? 'Choose one' : 'Any'}
            onChange={(experiment) => set({ experiment })}
          />
        )}
        {kind === 'experiments' && (
          <>
            <NameField
              id="uplift-variable-status"
              label="Status"
              options={() => Promise.resolve(STATUSES)}
              value={query.status}
              placeholder="Any"
              onChange={(status) => set({ status })}
            />
            <TextField
              id="uplift-variable-owner"
              label="Owner"
              value={query.owner}
              placeholder="Any"
              onChange={(owner) => set({ owner })}
            />
          </>
        )}
        {kind === 'variants' && (
          <ChoiceField
            id="uplift-variable-role"
            label="Which"
            options={ROLES}
            value={query.role ?? 'all'}
            onChange={(role) => set({ role })}
          />
        )}
        {kind === 'values' && (
          <NameField
            id="uplift-variable-dimension"
            label="Dimension"
            tooltip="A label or tag, e.g. environment, or a variable"
            options={() => Promise.resolve(DIMENSIONS)}
            value={query.dimension}
            placeholder="Choose one"
            onChange={(dimension) => set({ dimension })}
          />
        )}
        {(kind === 'values' || kind === 'statement') && (
          <ChoiceField
            id="uplift-variable-source"
            label="Source"
            options={SOURCES}
            value={query.source ?? (kind === 'statement' ? 'mlflow' : undefined)}
            placeholder="Any"
            onChange={(source) => set({ source })}
          />
        )}
        {kind === 'statement' && (
          <TextField
            id="uplift-variable-label"
            label="Column or label"
            value={query.label}
            placeholder="The first text"
            onChange={(label) => set({ label })}
          />
        )}
      </InlineFieldRow>
      {kind === 'statement' && (
        <CodeField
          label="Statement"
          description="Read-only; other variables in it are quoted for its language."
          language={query.source === 'prometheus' ? 'promql' : 'sql'}
          value={query.statement ?? ''}
          onChange={(statement) => set({ statement })}
        />
      )}
    </Stack>
  );
}
