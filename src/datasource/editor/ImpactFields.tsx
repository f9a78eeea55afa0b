/** Edits a query for what a difference is worth. */
import { InlineFieldRow } from '@grafana/ui';
import { BusinessFields } from './BusinessFields';
import { DIMENSIONS, variantOptions } from './choices';
import { DefinitionFields } from './DefinitionFields';
import type { FieldProps } from './fieldProps';
import { FORMATS } from './formats';
import { NameField } from './NameField';
import { SubjectRow } from './SubjectRow';
import { IMPACT_CHOICES } from './values';

export function ImpactFields({ datasource, query, onChange }: FieldProps<'impact'>) {
  const { refId, experiment } = query;
  const set = (changed: Partial<typeof query>) => onChange({ ...query, ...changed });
  return (
    <>
      <SubjectRow
        datasource={datasource}
        query={query}
        formats={FORMATS}
        defaultFormat="table"
        placeholder="Choose one"
        values={IMPACT_CHOICES}
        onChange={set}
      />
      <InlineFieldRow>
        <NameField
          id={`uplift-variant-${refId}`}
          label="Variant"
          tooltip="The treatment rolled out"
          options={variantOptions(datasource, experiment)}
          value={query.variant}
          placeholder="The leading one"
          onChange={(variant) => set({ variant })}
        />
        <NameField
          id={`uplift-breakdown-${refId}`}
          label="Breakdown"
          tooltip="A label or tag whose segments are searched for one that should stay on the control"
          options={() => Promise.resolve(DIMENSIONS)}
          value={query.breakdown}
          placeholder="Nothing"
          onChange={(breakdown) => set({ breakdown })}
        />
      </InlineFieldRow>
      <BusinessFields
        datasource={datasource}
        refId={refId}
        business={query.business}
        onChange={(business) => set({ business })}
      />
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
