/** InfluxDB: address, language, database and credentials. */
import type { ComboboxOption } from '@grafana/ui';
import { influxDialectSchema, type InfluxDialect } from '../../contract/settings';
import type { UpliftJsonData } from '../settings';
import { textOrUnset, type SettingsAccess } from './access';
import { ChoiceField } from './ChoiceField';
import { HttpFields } from './HttpFields';
import { SecretField } from './SecretField';
import type { SectionProps } from './section-props';
import { SourceSection } from './SourceSection';
import { TextField } from './TextField';

type Influx = NonNullable<UpliftJsonData['influx']>;

const DIALECTS: Array<ComboboxOption<InfluxDialect>> = [
  { value: 'influxql', label: 'InfluxQL', description: 'InfluxDB 1, and 2 with a database mapping' },
  { value: 'flux', label: 'Flux', description: 'InfluxDB 2' },
  { value: 'sql', label: 'SQL', description: 'InfluxDB 3' },
];
const START: Influx = { url: '', database: '' };

export function InfluxSection({ settings, faults, change, secrets, isReadOnly, test }: SettingsAccess & SectionProps) {
  const { influx } = settings;
  const set = (changed: Partial<Influx>) => change('influx', { ...START, ...influx, ...changed });
  const dialect = influxDialectSchema.catch('influxql').parse(influx?.dialect);
  return (
    <SourceSection
      id="influx"
      title="InfluxDB"
      isUsed={influx !== undefined}
      isReadOnly={isReadOnly}
      test={test}
      onUse={(isUsed) => change('influx', isUsed ? START : undefined)}
    >
      <TextField
        id="influx-url"
        label="Address"
        value={influx?.url}
        placeholder="http://influxdb:8086"
        fault={faults.get('influx.url')}
        onChange={(url) => set({ url })}
      />
      <ChoiceField
        id="influx-dialect"
        label="Query language"
        options={DIALECTS}
        value={dialect}
        fault={faults.get('influx.dialect')}
        onChange={(chosen) => set({ dialect: chosen })}
      />
      <TextField
        id="influx-database"
        label={dialect === 'flux' ? 'Bucket' : 'Database'}
        value={influx?.database}
        fault={faults.get('influx.database')}
        onChange={(database) => set({ database })}
      />
      {dialect === 'flux' && (
        <TextField
          id="influx-organisation"
          label="Organisation"
          value={influx?.organisation}
          fault={faults.get('influx.organisation')}
          onChange={(organisation) => set({ organisation: textOrUnset(organisation) })}
        />
      )}
      {dialect === 'influxql' && (
        <>
          <TextField
            id="influx-user"
            label="User"
            description="One that can only read is enough, and better"
            value={influx?.user}
            placeholder="None"
            fault={faults.get('influx.user')}
            onChange={(user) => set({ user: textOrUnset(user) })}
          />
          <SecretField name="influxPassword" label="Password" secrets={secrets} />
        </>
      )}
      <SecretField
        name="influxToken"
        label="Token"
        description={
          dialect === 'influxql' ? 'Instead of user and password' : 'One that can only read is enough, and better'
        }
        secrets={secrets}
      />
      <HttpFields source="influx" settings={influx ?? {}} faults={faults} secrets={secrets} onChange={set} />
    </SourceSection>
  );
}
