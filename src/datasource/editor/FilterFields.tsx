/** Filters of a monitor query: a dimension, and which of its values count. */
import { InlineFieldRow } from '@grafana/ui';
import type { UpliftDataSource } from '../datasource';
import { DIMENSIONS, valueOptions } from './choices';
import { ListField } from './ListField';

type Filters = Record<string, string[]>;

interface Props {
  datasource: UpliftDataSource;
  refId: string;
  experiment: string | undefined;
  filters: Filters | undefined;
  onChange: (filters: Filters | undefined) => void;
}

export function FilterFields({ datasource, refId, experiment, filters = {}, onChange }: Props) {
  const names = Object.keys(filters);
  return (
    <InlineFieldRow>
      <ListField
        id={`uplift-filter-by-${refId}`}
        label="Filter by"
        tooltip="Dimensions of which only some values count"
        options={DIMENSIONS}
        value={names}
        placeholder="Nothing"
        onChange={(chosen = []) =>
          onChange(
            chosen.length === 0 ? undefined : Object.fromEntries(chosen.map((name) => [name, filters[name] ?? []])),
          )
        }
      />
      {names.map((name) => (
        <ListField
          key={name}
          id={`uplift-filter-${name}-${refId}`}
          label={`Only ${name.replaceAll('_', ' ')}`}
          labelWidth="auto"
          options={valueOptions(datasource, name, experiment)}
          value={filters[name]}
          placeholder="All"
          onChange={(values = []) => onChange({ ...filters, [name]: values })}
        />
      ))}
    </InlineFieldRow>
  );
}
