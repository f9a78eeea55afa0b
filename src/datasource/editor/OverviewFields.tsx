/** Edits a query for the live numbers and the list of experiments. */
import { OVERVIEW_VALUES } from '../../contract/query';
import { DefinitionFields } from './DefinitionFields';
import type { FieldProps } from './fieldProps';
import { FORMATS_WITHOUT_TIME, toOption } from './formats';
import { SubjectRow } from './SubjectRow';

const VALUES = OVERVIEW_VALUES.map(toOption);

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
        values={VALUES}
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
