/** Edits a query for the live numbers and the list of experiments. */
import { DefinitionFields } from './DefinitionFields';
import type { FieldProps } from './fieldProps';
import { FORMATS_WITHOUT_TIME } from './formats';
import { SubjectRow } from './SubjectRow';
import { OVERVIEW_CHOICES } from './values';

export function OverviewFields({ datasource, query, onChange }: FieldProps<'overview'>) {
  const set = (changed: Partial<typeof query>) => onChange({ ...query, ...changed });
  return (
    <>
      <SubjectRow
        datasource={datasource}
        query={query}
        formats={FORMATS_WITHOUT_TIME}
        defaultFormat="table"
        placeholder="All"
        values={OVERVIEW_CHOICES}
        onChange={set}
      />
      {query.experiment !== undefined && query.experiment !== '' && (
        <DefinitionFields
          datasource={datasource}
          refId={query.refId}
          experiment={query.experiment}
          definition={query.definition}
          onChange={(definition) => set({ definition })}
        />
      )}
    </>
  );
}
