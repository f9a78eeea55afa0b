/** How old an answer may be, and what happens when a source is away. */
import { Alert, FieldSet } from '@grafana/ui';
import { isOn, type SettingsAccess } from './access';
import { NumberFields, type NumberSetting } from './NumberFields';
import { SwitchField } from './SwitchField';

const FRESHNESS: ReadonlyArray<NumberSetting<'prometheus' | 'influx' | 'mlflow'>> = [
  { name: 'prometheus', label: 'Prometheus is stale after', unit: 's', placeholder: '300' },
  { name: 'influx', label: 'InfluxDB is stale after', unit: 's', placeholder: '300' },
  {
    name: 'mlflow',
    label: 'MLflow is stale after',
    unit: 's',
    placeholder: '2592000',
    description: '30 days are 2,592,000 s',
  },
];
const FALLBACK: ReadonlyArray<NumberSetting<'keepSeconds'>> = [
  {
    name: 'keepSeconds',
    label: 'A kept answer may stand in for',
    description: 'Marked as estimated, with its age; 0: never',
    unit: 's',
    placeholder: '21600',
  },
];

export function PolicySection({ settings, faults, change }: SettingsAccess) {
  const { fallback = {}, freshness = {} } = settings;
  const mayBeSimulated = isOn(fallback.allowSimulated);
  return (
    <FieldSet label="Freshness and fallback">
      <p>
        Age counts from the newest sample, not from when it was fetched. Stale numbers are shown with their age; an
        alert takes none.
      </p>
      <NumberFields
        part="freshness"
        fields={FRESHNESS}
        values={freshness}
        faults={faults}
        onChange={(name, value) => change('freshness', { ...freshness, [name]: value })}
      />
      <NumberFields
        part="fallback"
        fields={FALLBACK}
        values={{ keepSeconds: fallback.keepSeconds }}
        faults={faults}
        onChange={(name, value) => change('fallback', { ...fallback, [name]: value })}
      />
      <SwitchField
        id="allow-simulated"
        label="Show simulated numbers when every source is away"
        description="Always marked SIMULATED, and never used in alerts"
        value={mayBeSimulated}
        onChange={(allowSimulated) => change('fallback', { ...fallback, allowSimulated })}
      />
      {mayBeSimulated && (
        <Alert severity="warning" title="Made-up numbers may be shown">
          For demonstrations and for designing dashboards. Where people decide by these dashboards, switch it off:
          missing is then shown as “no data”.
        </Alert>
      )}
    </FieldSet>
  );
}
