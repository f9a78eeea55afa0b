/** InfluxDB: address, language, database and credentials. */
import { Combobox, Field, type ComboboxOption } from '@grafana/ui';
import type { InfluxDialect } from '../quoting';
import type { UpliftJsonData } from '../settings';
import { numberOrUnset, textOrUnset, type SettingsAccess } from './access';
import { SecretField } from './SecretField';
import { SourceSection } from './SourceSection';
import { TextField } from './TextField';

type Influx = NonNullable<UpliftJsonData['influx']>;

const DIALECTS: Array<ComboboxOption<InfluxDialect>> = [
  { value: 'influxql', label: 'InfluxQL', description: 'InfluxDB 1, and 2 with a database mapping' },
  { value: 'flux', label: 'Flux', description: 'InfluxDB 2' },
  { value: 'sql', label: 'SQL', description: 'InfluxDB 3' },
];
const START: Influx = { url: '', database: '' };

export function InfluxSection({ settings, faults, change, secrets }: SettingsAccess) {
  const influx = settings.influx;
  const set = (changed: Partial<Influx>) => change('influx', { ...START, ...influx, ...changed });
  const dialect = influx?.dialect ?? 'influxql';
  return (
    <SourceSection
      id="influx"
      title="InfluxDB"
      isUsed={influx !== undefined}
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
      <Field label="Language" htmlFor="uplift-influx-dialect">
        <Combobox
          id="uplift-influx-dialect"
          options={DIALECTS}
          value={dialect}
          width={48}
          onChange={({ value }) => set({ dialect: value })}
        />
      </Field>
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
      <TextField
        id="influx-user"
        label="User"
        value={influx?.user}
        placeholder="None"
        fault={faults.get('influx.user')}
        onChange={(user) => set({ user: textOrUnset(user) })}
      />
      <SecretField name="influxPassword" label="Password" secrets={secrets} />
      <SecretField name="influxToken" label="Token" description="Instead of user and password" secrets={secrets} />
      <TextField
        id="influx-timeout"
        label="Timeout, seconds"
        type="number"
        value={influx?.timeoutSeconds}
        placeholder="15"
        fault={faults.get('influx.timeoutSeconds')}
        onChange={(seconds) => set({ timeoutSeconds: numberOrUnset(seconds) })}
      />
    </SourceSection>
  );
}
