/** Edits what a dashboard variable lists. */
import type { DataSourceApi, QueryEditorProps } from '@grafana/data';
import { Combobox, InlineField, InlineFieldRow, Input, type ComboboxOption } from '@grafana/ui';
import type { EditedQuery } from './query';
import type { UpliftJsonData } from './settings';
import type { VariableKind, VariableQuery } from './variables';

type Props = QueryEditorProps<DataSourceApi<EditedQuery, UpliftJsonData>, EditedQuery, UpliftJsonData, VariableQuery>;

const KINDS: Array<ComboboxOption<VariableKind>> = [
  { value: 'experiments', label: 'Experiments' },
  { value: 'variants', label: 'Variants of an experiment' },
  { value: 'metrics', label: 'Metrics of an experiment' },
  { value: 'values', label: 'Values of a dimension' },
];
const LABEL_WIDTH = 16;

export function VariableEditor({ query, onChange }: Props) {
  const { kind } = query;
  return (
    <InlineFieldRow>
      <InlineField label="List" labelWidth={LABEL_WIDTH}>
        <Combobox
          id="uplift-variable-kind"
          options={KINDS}
          value={kind}
          width={32}
          onChange={(option) => onChange({ ...query, kind: option.value })}
        />
      </InlineField>
      {(kind === 'variants' || kind === 'metrics') && (
        <InlineField
          label="Experiment"
          labelWidth={LABEL_WIDTH}
          tooltip="An experiment's id, or a variable: $experiment"
        >
          <Input
            id="uplift-variable-experiment"
            width={32}
            defaultValue={query.experiment ?? ''}
            onBlur={(event) => onChange({ ...query, experiment: event.currentTarget.value })}
          />
        </InlineField>
      )}
      {kind === 'values' && (
        <InlineField label="Dimension" labelWidth={LABEL_WIDTH} tooltip="A label or tag, e.g. environment">
          <Input
            id="uplift-variable-dimension"
            width={32}
            defaultValue={query.dimension ?? ''}
            onBlur={(event) => onChange({ ...query, dimension: event.currentTarget.value })}
          />
        </InlineField>
      )}
    </InlineFieldRow>
  );
}
