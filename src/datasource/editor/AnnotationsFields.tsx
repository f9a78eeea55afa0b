/** Edits what is marked on a time axis. */
import { InlineFieldRow, type ComboboxOption } from '@grafana/ui';
import { ANNOTATION_KINDS, type AnnotationKind } from '../../contract/query';
import { experimentOptions, metricOptions, variantOptions } from './choices';
import type { FieldProps } from './fieldProps';
import { ListField } from './ListField';
import { NameField } from './NameField';

const KINDS: Array<ComboboxOption<AnnotationKind>> = [
  { value: 'runs', label: 'Runs', description: 'From start to end, as MLflow keeps them' },
  { value: 'promotions', label: 'Promotions', description: 'Model versions registered and promoted' },
  { value: 'verdicts', label: 'Verdicts', description: 'When the test changed its mind; needs an experiment' },
  { value: 'alerts', label: 'Alerts', description: 'Since when each is firing or pending' },
];

const isKind = (text: string): text is AnnotationKind => ANNOTATION_KINDS.some((kind) => kind === text);

export function AnnotationsFields({ datasource, query, onChange }: FieldProps<'annotations'>) {
  const { refId, experiment } = query;
  const set = (changed: Partial<typeof query>) => onChange({ ...query, ...changed });
  return (
    <>
      <InlineFieldRow>
        <NameField
          id={`uplift-experiment-${refId}`}
          label="Experiment"
          options={experimentOptions(datasource)}
          value={experiment}
          placeholder="Any"
          onChange={(chosen) => set({ experiment: chosen })}
        />
        <ListField
          id={`uplift-kinds-${refId}`}
          label="Mark"
          options={KINDS}
          value={query.kinds}
          placeholder="Everything"
          onChange={(kinds) => set({ kinds: kinds?.filter(isKind) })}
        />
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
        <NameField
          id={`uplift-metric-${refId}`}
          label="Metric"
          tooltip="Whose verdicts are marked"
          options={metricOptions(datasource, experiment)}
          value={query.metric}
          placeholder="The goal metric"
          onChange={(metric) => set({ metric })}
        />
      </InlineFieldRow>
    </>
  );
}
